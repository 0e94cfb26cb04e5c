import { open } from "node:fs/promises";
import { PARQUET_ALLOWED } from "./parquet-frame.js";
import { malformed } from "./unreadable.js";

const MAGIC = Buffer.from("PAR1");
/** The end of a file and the beginning of another one right behind it. */
const SEAM = Buffer.concat([MAGIC, MAGIC]);
const END_BYTES = 4 + MAGIC.length;
const PIECE_BYTES = 1 << 20;
/** The first byte of a footer and of a page: the number of its first field and the type of that, a whole number of 32 bits. */
const FIRST_BYTE = 0x15;

/** Where the data lie that a footer names, counted from the beginning of its file. */
export interface NamedData {
  readonly from: number;
  /** One past the last byte. */
  readonly to: number;
}

/**
 * Refuses two files in one: the footer of the last one names places of its own, and what lies there in the first one is read
 * instead. That it is so is proven by a beginning right behind a whole file, from where on all that the footer names fits before
 * it. In a sound file nothing but indexes and filters, smaller than its data, lies between its data and its footer.
 * @throws TenureError `TEN-IMPORT-016`
 */
export async function checkParquetAlone(file: string, data: NamedData): Promise<void> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const bytes = async (from: number, length: number) => {
      const piece = Buffer.alloc(Math.max(0, Math.min(length, size - from)));
      await handle.read(piece, 0, piece.length, from);
      return piece;
    };
    const footerFrom = size - END_BYTES - (await bytes(size - END_BYTES, 4)).readUInt32LE(0);
    const isSeam = async (at: number): Promise<boolean> => {
      const start = at + MAGIC.length;
      if (start + data.to > footerFrom) return false;
      const footerBytes = (await bytes(at - 4, 4)).readUInt32LE(0);
      const endsWhole = footerBytes > 0 && at - 4 - footerBytes >= MAGIC.length && (await bytes(at - 4 - footerBytes, 1))[0] === FIRST_BYTE;
      return endsWhole && (await bytes(start + data.from, 1))[0] === FIRST_BYTE;
    };
    const last = footerFrom - data.to;
    let seam: number | undefined;
    for (let from = Math.max(data.to, END_BYTES); from <= last; from += PIECE_BYTES) {
      const piece = await bytes(from, PIECE_BYTES + SEAM.length - 1);
      for (let at = piece.indexOf(SEAM); at !== -1; at = piece.indexOf(SEAM, at + 1)) {
        if (await isSeam(from + at)) seam = from + at;
      }
    }
    if (seam === undefined) return;
    throw malformed(
      { file },
      `several Parquet files one behind the other, the last one from byte ${seam + MAGIC.length} on; not all of their rows would be read`,
      PARQUET_ALLOWED,
      "Import each of them, or join their rows: DuckDB's COPY (FROM read_parquet(['a.parquet', 'b.parquet'])) TO 'all.parquet', or pyarrow.concat_tables.",
    );
  } finally {
    await handle.close();
  }
}
