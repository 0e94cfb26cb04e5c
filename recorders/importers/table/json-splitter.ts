import { malformed } from "./unreadable.js";

/** Objects and lists inside one another: no table has so many, and what reads them goes down as deep. */
const DEEPEST = 64;

/** The text of one object of a JSON file, and the line (from 1) it begins in. */
export interface JsonRecord {
  readonly text: string;
  readonly line: number;
}

/** What may come next, outside objects. */
type Expected = "anything" | "object or end of list" | "object" | "comma or end of list" | "next object" | "nothing";

const ALLOWED: Readonly<Record<Expected, string>> = {
  anything: "a list of objects, or one object after the other",
  "object or end of list": "an object",
  object: "an object",
  "comma or end of list": "a comma or the end of the list",
  "next object": "an object",
  nothing: "nothing after the end of the list",
};

/** Splits JSON text, a list of objects or one object after the other (JSON lines), into its objects. */
export class JsonSplitter {
  #text = "";
  /** Length from which `#text` is looked at again: an object that did not end in it is not searched anew with every piece. */
  #enough = 0;
  #line = 1;
  #expected: Expected = "anything";

  /** @param file shown in refusals */
  constructor(readonly file: string) {}

  /**
   * Objects that end in what was fed so far; at the end of the file, all. How long they are `RowLimit` watches.
   * @param last whether this is the end of the file
   * @throws TenureError `TEN-IMPORT-016` with the line
   */
  *feed(text: string, last = false): Generator<JsonRecord> {
    this.#text += text;
    if (!last && this.#text.length < this.#enough) return;
    let at = 0;
    while (at < this.#text.length) {
      const letter = this.#text[at];
      if (letter === "{") {
        if (this.#expected === "comma or end of list" || this.#expected === "nothing") this.#refuse(letter);
        const end = this.#endOf(at);
        if (end === undefined) break;
        const record = this.#text.slice(at, end);
        yield { text: record, line: this.#line };
        this.#line += record.split("\n").length - 1;
        this.#expected = this.#expected === "anything" || this.#expected === "next object" ? "next object" : "comma or end of list";
        at = end;
        continue;
      }
      if (letter === "\n") this.#line++;
      else if (letter === "[" && this.#expected === "anything") this.#expected = "object or end of list";
      else if (letter === "]" && (this.#expected === "object or end of list" || this.#expected === "comma or end of list"))
        this.#expected = "nothing";
      else if (letter === "," && this.#expected === "comma or end of list") this.#expected = "object";
      else if (letter !== " " && letter !== "\t" && letter !== "\r") this.#refuse(this.#text.slice(at, at + 20));
      at++;
    }
    this.#text = this.#text.slice(at);
    this.#enough = this.#text.length * 2;
    const inList = this.#expected === "object or end of list" || this.#expected === "object" || this.#expected === "comma or end of list";
    if (last && (this.#text !== "" || inList)) this.#refuse("the end of the file");
  }

  /** One past the bracket that closes the object at a place; undefined when it is not in the text. */
  #endOf(start: number): number | undefined {
    const text = this.#text;
    let depth = 0;
    for (let at = start; at < text.length; at++) {
      const letter = text[at];
      if (letter === '"') {
        at = this.#endOfText(at);
        if (at === -1) return undefined;
      } else if (letter === "{" || letter === "[") {
        if (++depth > DEEPEST) this.#refuse(`objects inside objects, more than ${DEEPEST} deep`);
      } else if ((letter === "}" || letter === "]") && --depth === 0) return at + 1;
    }
    return undefined;
  }

  /** Place of the quote that ends the text beginning at a place; -1 when it is not there. */
  #endOfText(start: number): number {
    for (let at = start + 1; at < this.#text.length; at++) {
      if (this.#text[at] === "\\") at++;
      else if (this.#text[at] === '"') return at;
    }
    return -1;
  }

  #refuse(found: string): never {
    throw malformed(
      { file: this.file, line: this.#line },
      found,
      ALLOWED[this.#expected],
      "Rows are the objects of one list, or one object after the other (JSON lines).",
    );
  }
}
