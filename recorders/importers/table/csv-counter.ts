import { RowLimit } from "./row-limit.js";

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** Where the counter stands. */
const ROW_START = 0;
const FIELD_START = 1;
const PLAIN = 2;
const QUOTED = 3;
const AFTER_QUOTE = 4;

const WORDS = {
  row: "a row",
  allowed: "rows of at most 16 MB, a quote at the end of each field that begins with one",
  hint: 'Where it is text, a `"` that begins a field is never closed.',
};

/**
 * Counts the rows of a CSV file over its bytes, apart from the code that splits it: a second opinion on how many there are.
 * Knows quotes and every kind of line end; an empty line is no row.
 */
export class CsvCounter {
  readonly #separator: number;
  readonly #limit: RowLimit;
  #state = ROW_START;
  #rows = 0;

  /** @param separator one ASCII letter; @param file shown in refusals */
  constructor(separator: string, file: string) {
    this.#separator = separator.charCodeAt(0);
    this.#limit = new RowLimit(file, WORDS);
  }

  /** @throws TenureError `TEN-IMPORT-016` a row is too long */
  see(bytes: Uint8Array): void {
    const separator = this.#separator;
    let state = this.#state;
    let rows = this.#rows;
    let start = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (state === QUOTED) {
        if (byte === QUOTE) state = AFTER_QUOTE;
      } else if (byte === LINE_FEED || byte === RETURN) {
        if (state !== ROW_START) {
          this.#limit.check(at - start, rows);
          this.#limit.end();
          rows++;
        }
        state = ROW_START;
        start = at + 1;
      } else if (byte === separator) {
        state = FIELD_START;
      } else if (byte === QUOTE && state !== PLAIN) {
        // At the start of a field it opens; after a quote it is the second half of a doubled one.
        state = QUOTED;
      } else if (state === ROW_START || state === FIELD_START) {
        state = PLAIN;
      }
    }
    this.#limit.check(bytes.length - start, rows);
    this.#limit.carry(bytes.length - start);
    this.#state = state;
    this.#rows = rows;
  }

  /** Rows seen, a last one without a line end included. */
  get rows(): number {
    return this.#rows + (this.#state === ROW_START ? 0 : 1);
  }
}
