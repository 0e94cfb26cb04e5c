import { malformed } from "./unreadable.js";

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** A row of a CSV file, and the line (from 1) it begins in. */
export interface CsvRecord {
  readonly fields: readonly string[];
  readonly line: number;
}

/**
 * Splits CSV text (RFC 4180) into its rows: fields between one separator, rows between LF, CRLF or CR, `"` around a field that
 * holds any of these, `""` for a quote in it. Nothing is guessed, trimmed, or taken for a comment; an empty line is no row.
 *
 * Its own code, because DuckDB's reader, with every option stated, drops a last row whose quote is never closed and all rows of
 * a CRLF file with a line break inside quotes, without an error.
 */
export class CsvSplitter {
  readonly #separatorCode: number;
  #text = "";
  /** Length from which `#text` is looked at again: a row that did not end in it is not searched anew with every piece. */
  #enough = 0;
  /** Line in which `#text` begins. */
  #line = 1;

  /** @param separator one letter; @param file shown in refusals */
  constructor(
    readonly separator: string,
    readonly file: string,
  ) {
    this.#separatorCode = separator.charCodeAt(0);
  }

  /**
   * Rows that end in what was fed so far; at the end of the file, all. How long they are `RowLimit` watches.
   * @param last whether this is the end of the file
   * @throws TenureError `TEN-IMPORT-016` with the line
   */
  *feed(text: string, last = false): Generator<CsvRecord> {
    this.#text += text;
    if (!last && this.#text.length < this.#enough) return;
    let start = 0;
    for (;;) {
      const next = this.#record(start, last);
      if (next === undefined) break;
      const { fields, end, lines } = next;
      if (fields.length > 1 || end.contentEnd > start) yield { fields, line: this.#line };
      this.#line += lines;
      start = end.next;
    }
    this.#text = this.#text.slice(start);
    this.#enough = this.#text.length * 2;
  }

  /** The row at a place; undefined when it does not end in the text, or nothing is left. */
  #record(start: number, last: boolean): { fields: string[]; end: { contentEnd: number; next: number }; lines: number } | undefined {
    const text = this.#text;
    if (start >= text.length) return undefined;
    const fields: string[] = [];
    let lines = 0;
    let at = start;
    for (;;) {
      let field: string;
      if (text.charCodeAt(at) === QUOTE) {
        const quoted = this.#quoted(at, last);
        if (quoted === undefined) return undefined;
        field = quoted.field;
        lines += quoted.lines;
        at = quoted.end;
      } else {
        const from = at;
        while (at < text.length) {
          const letter = text.charCodeAt(at);
          if (letter === LINE_FEED || letter === RETURN || letter === this.#separatorCode) break;
          at++;
        }
        field = text.slice(from, at);
      }
      fields.push(field);
      if (at >= text.length) return last ? { fields, end: { contentEnd: at, next: at }, lines } : undefined;
      const letter = text.charCodeAt(at);
      if (letter === LINE_FEED) return { fields, end: { contentEnd: at, next: at + 1 }, lines: lines + 1 };
      if (letter === RETURN) {
        // Whether a line feed follows is known only with the next letter.
        if (at + 1 >= text.length && !last) return undefined;
        return { fields, end: { contentEnd: at, next: text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1 }, lines: lines + 1 };
      }
      at++;
    }
  }

  /** A quoted field at a place; undefined when its end is not in the text. */
  #quoted(start: number, last: boolean): { field: string; end: number; lines: number } | undefined {
    const text = this.#text;
    let at = start + 1;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote === -1 || (quote + 1 >= text.length && !last)) {
        if (!last) return undefined;
        throw malformed(
          { file: this.file, line: this.#line },
          "a quote that is never closed",
          'a `"` at the end of each field that begins with one',
        );
      }
      if (text.charCodeAt(quote + 1) === QUOTE) {
        at = quote + 2;
        continue;
      }
      const after = text[quote + 1];
      if (after !== undefined && after !== this.separator && after !== "\n" && after !== "\r") {
        throw malformed(
          { file: this.file, line: this.#line },
          `${JSON.stringify(after)} after the quote that ends a field`,
          `the separator ${JSON.stringify(this.separator)} or the end of the row`,
          'A quote inside a quoted field is written twice: "".',
        );
      }
      const raw = text.slice(start + 1, quote);
      return { field: raw.replaceAll('""', '"'), end: quote + 1, lines: raw.split(/\r\n|\n|\r/).length - 1 };
    }
  }
}
