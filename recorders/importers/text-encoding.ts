import { isUtf8 } from "node:buffer";
import { TenureError } from "../../engine/index.js";

const LINE_FEED = 0x0a;
/** The longest start of a character that the end of a piece can cut off. */
const LONGEST_CUT_BYTES = 3;
const SHOWN_BYTES = 60;

function refuse(file: string, found: string, from: string, line?: number): never {
  throw new TenureError({
    code: "TEN-IMPORT-022",
    what: "The file is not UTF-8 text.",
    place: { file, ...(line === undefined ? {} : { line }) },
    found,
    allowed: "UTF-8, with or without a byte order mark",
    hint: `Save it as UTF-8, or convert it: iconv -f ${from} -t UTF-8 <file>`,
  });
}

/** Is it UTF-16 or UTF-32, by its byte order mark or by the zero bytes between its letters? */
function checkWidth(file: string, head: Uint8Array): void {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) refuse(file, c === 0 && d === 0 ? "UTF-32" : "UTF-16", c === 0 && d === 0 ? "UTF-32" : "UTF-16");
  if (a === 0xfe && b === 0xff) refuse(file, "UTF-16, big-endian", "UTF-16");
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) refuse(file, "UTF-32, big-endian", "UTF-32");
  if (a !== 0 && b === 0 && c !== 0 && d === 0) refuse(file, "UTF-16 without a byte order mark", "UTF-16LE");
  if (a === 0 && b !== 0 && c === 0 && d !== 0) refuse(file, "UTF-16 without a byte order mark", "UTF-16BE");
}

/** The bytes of a text file as text, piece by piece. What is no UTF-8 is refused with its line, never replaced. */
export class Utf8Text {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #line = 1;
  #started = false;
  #cut: Uint8Array = new Uint8Array(0);

  /** @param file shown in refusals */
  constructor(readonly file: string) {}

  /**
   * @param last whether no piece follows
   * @throws TenureError `TEN-IMPORT-022`
   */
  decode(bytes: Uint8Array, last = false): string {
    if (!this.#started && bytes.length > 0) {
      checkWidth(this.file, bytes);
      this.#started = true;
    }
    try {
      const text = this.#decoder.decode(bytes, { stream: !last });
      for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) this.#line++;
      // A piece may be shorter than what it cuts off.
      this.#cut = Buffer.concat([this.#cut, bytes.subarray(-LONGEST_CUT_BYTES)]).subarray(-LONGEST_CUT_BYTES);
      return text;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return this.#refuse(bytes);
    }
  }

  #refuse(bytes: Uint8Array): never {
    const piece = Buffer.concat([this.#startOfCut(), bytes]);
    let line = this.#line;
    let start = 0;
    for (;;) {
      const end = piece.indexOf(LINE_FEED, start);
      const text = piece.subarray(start, end === -1 ? piece.length : end);
      if (end === -1 || !isUtf8(text)) {
        refuse(this.file, text.subarray(0, SHOWN_BYTES).toString("latin1"), "WINDOWS-1252", line);
      }
      start = end + 1;
      line++;
    }
  }

  /** The bytes of a character that the pieces before began and did not end. */
  #startOfCut(): Uint8Array {
    const start = this.#cut.findLastIndex((byte) => byte >= 0xc0);
    return start === -1 ? new Uint8Array(0) : isUtf8(this.#cut.subarray(start)) ? new Uint8Array(0) : this.#cut.subarray(start);
  }
}
