import type { Place } from "../../../engine/index.js";
import { malformed } from "./unreadable.js";

/** More bytes than any row of amounts and addresses has: what has no end (a quote never closed, a file of zeros) ends here. */
const LONGEST_ROW_BYTES = 16_777_216;

/**
 * Watches how long rows are, unpacked and over the bytes, so that the limit is the same however a file is packed and however
 * it is cut into pieces. What a reader holds of a file is bounded by it.
 */
export class RowLimit {
  /** Bytes of the row under way in the pieces before this one. */
  #before = 0;

  constructor(
    readonly file: string,
    /** What a format's rows are, and how they should end. */
    readonly words: { readonly row: string; readonly allowed: string; readonly hint: string },
  ) {}

  /**
   * @param bytes of the row in the piece at hand
   * @throws TenureError `TEN-IMPORT-016` when the row is over the limit
   */
  check(bytes: number, rowNumber: number): void {
    if (this.#before + bytes <= LONGEST_ROW_BYTES) return;
    const place: Place = { file: this.file, path: rowNumber === 0 ? "the first row" : `row ${rowNumber}` };
    throw malformed(place, `${this.words.row} of over 16 MB`, this.words.allowed, this.words.hint);
  }

  /** The row at hand ends. */
  end(): void {
    this.#before = 0;
  }

  /** The piece ends inside a row, which has so many bytes in it. */
  carry(bytes: number): void {
    this.#before += bytes;
  }
}
