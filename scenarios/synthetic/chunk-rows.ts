/** Rows of a chunk, about: some megabytes of columns, and enough rows that handing a chunk over costs nothing. */
export const CHUNK_ROWS = 65_536;
