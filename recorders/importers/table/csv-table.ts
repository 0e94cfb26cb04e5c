import { Utf8Text } from "../text-encoding.js";
import { CsvCounter } from "./csv-counter.js";
import { type CsvRecord, CsvSplitter } from "./csv-splitter.js";
import { readPieces, type ScannedFile, scanFile } from "./file-bytes.js";
import type { Cell, FieldRequest, TableChunk, TableSource } from "./table-source.js";
import { checkCount, malformed } from "./unreadable.js";

const SEPARATORS = [",", "\t", ";", "|"];
const SEPARATOR_NAMES: Readonly<Record<string, string>> = { ",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars" };
const ROWS_PER_CHUNK = 8_192;
/** Enough for any header. */
const LONGEST_HEADER = 1_000_000;
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/** The separator of a CSV file: the one its header line has most of, outside quotes. */
function separatorOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, "");
  const counts = SEPARATORS.map((separator) => bare.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))];
}

/** One past the first row of a text, where a line break between quotes ends none; undefined when the text ends before. */
function endOfHeader(text: string): number | undefined {
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (letter === "\n" || letter === "\r")) return at;
  }
  return undefined;
}

/** The first row of the file that is not empty. */
async function headerOf(file: string, compressed: boolean): Promise<string> {
  const text = new Utf8Text(file);
  let head = "";
  for await (const piece of readPieces(file, compressed)) {
    head = (head + text.decode(piece)).replace(/^[\r\n]+/, "");
    const end = endOfHeader(head);
    if (end !== undefined) return head.slice(0, end);
    // No quote closes: the first line must do.
    if (head.length > LONGEST_HEADER) return head.split(/[\r\n]/, 1)[0];
  }
  return head;
}

async function* recordsOf(
  file: string,
  compressed: boolean,
  separator: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<CsvRecord[]> {
  const text = new Utf8Text(file);
  const splitter = new CsvSplitter(separator, file);
  for await (const piece of readPieces(file, compressed, signal)) {
    const records = [...splitter.feed(text.decode(piece))];
    if (records.length > 0) yield records;
  }
  yield [...splitter.feed(text.decode(new Uint8Array(0), true), true)];
}

function firstOf(records: Iterable<CsvRecord>): CsvRecord | undefined {
  for (const record of records) return record;
  return undefined;
}

/** A CSV file, packed by gzip or not. Its first row names the fields; all values are text, an empty one is none. */
export class CsvTable implements TableSource {
  private constructor(
    readonly file: string,
    readonly compressed: boolean,
    readonly separator: string,
    readonly fields: readonly string[],
    /** The first row included. */
    readonly counted: number,
    readonly scanned: ScannedFile,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** @throws TenureError `TEN-IMPORT-016`, `-022` */
  static async open(file: string, compressed: boolean, signal?: AbortSignal): Promise<CsvTable> {
    const separator = separatorOf(await headerOf(file, compressed));
    const counter = new CsvCounter(separator, file);
    const text = new Utf8Text(file);
    const splitter = new CsvSplitter(separator, file);
    let fields: readonly string[] | undefined;
    let isFirst = true;
    const scanned = await scanFile(
      file,
      compressed,
      (bytes) => {
        const marked = isFirst && BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte);
        counter.see(marked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes);
        isFirst = false;
        if (fields === undefined) fields = firstOf(splitter.feed(text.decode(bytes)))?.fields;
      },
      signal,
    );
    fields ??= firstOf(splitter.feed(text.decode(new Uint8Array(0), true), true))?.fields ?? [];
    return new CsvTable(file, compressed, separator, fields, counter.rows, scanned, signal);
  }

  get rows(): number {
    return Math.max(this.counted - 1, 0);
  }

  get bytes(): number {
    return this.scanned.bytes;
  }

  get sha256(): string {
    return this.scanned.sha256;
  }

  get readAs(): string {
    return `CSV, fields between ${SEPARATOR_NAMES[this.separator]}, quoted by "`;
  }

  async *read(requests: readonly FieldRequest[]): AsyncGenerator<TableChunk> {
    const places = requests.map(({ field }) => this.fields.indexOf(field));
    let cells: Cell[][] = places.map(() => []);
    let held = 0;
    let read = 0;
    for await (const records of recordsOf(this.file, this.compressed, this.separator, this.signal)) {
      for (const { fields, line } of records) {
        if (fields.length !== this.fields.length) {
          throw malformed(
            { file: this.file, line },
            `${fields.length} ${fields.length === 1 ? "field" : "fields"}`,
            `${this.fields.length}, as in the first row`,
            "A field that holds the separator or a line break is put between quotes.",
          );
        }
        if (read++ === 0) continue;
        for (let cell = 0; cell < places.length; cell++) cells[cell].push(fields[places[cell]] === "" ? null : fields[places[cell]]);
        if (++held < ROWS_PER_CHUNK) continue;
        yield { rows: held, cells };
        cells = places.map(() => []);
        held = 0;
      }
    }
    if (held > 0) yield { rows: held, cells };
    checkCount(this.file, read, this.counted);
  }

  async close(): Promise<void> {}
}
