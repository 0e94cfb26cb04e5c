import { RowLimit } from "./row-limit.js";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const WORDS = {
  row: "an object",
  allowed: "objects of at most 16 MB, each closed by its bracket",
  hint: "Rows are the objects of one list, or one object after the other (JSON lines).",
};

/** Counts the outermost objects of a JSON file over its bytes, apart from the code that splits it. */
export class JsonCounter {
  #depth = 0;
  #inText = false;
  #escaped = false;
  readonly #limit: RowLimit;
  rows = 0;

  /** @param file shown in refusals */
  constructor(file: string) {
    this.#limit = new RowLimit(file, WORDS);
  }

  /** @throws TenureError `TEN-IMPORT-016` an object is too long */
  see(bytes: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (this.#escaped) this.#escaped = false;
      else if (this.#inText) {
        if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inText = false;
      } else if (byte === QUOTE) this.#inText = true;
      else if (byte === OPEN_OBJECT) {
        if (this.#depth++ === 0) {
          this.rows++;
          start = at;
        }
      } else if (byte === CLOSE_OBJECT && --this.#depth === 0) {
        this.#limit.check(at + 1 - start, this.rows);
        this.#limit.end();
      }
    }
    if (this.#depth <= 0) return;
    this.#limit.check(bytes.length - start, this.rows);
    this.#limit.carry(bytes.length - start);
  }
}
