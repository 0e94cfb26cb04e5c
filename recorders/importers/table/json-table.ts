import { Utf8Text } from "../text-encoding.js";
import { readPieces, type ScannedFile, scanFile } from "./file-bytes.js";
import { JsonCounter } from "./json-counter.js";
import { readJsonRecord } from "./json-record.js";
import { type JsonRecord, JsonSplitter } from "./json-splitter.js";
import { type Cell, type FieldRequest, Nested, type TableChunk, type TableSource } from "./table-source.js";
import { checkCount } from "./unreadable.js";

const ROWS_PER_CHUNK = 8_192;

async function* recordsOf(file: string, compressed: boolean, signal: AbortSignal | undefined): AsyncGenerator<JsonRecord> {
  const text = new Utf8Text(file);
  const splitter = new JsonSplitter(file);
  for await (const piece of readPieces(file, compressed, signal)) yield* splitter.feed(text.decode(piece));
  yield* splitter.feed(text.decode(new Uint8Array(0), true), true);
}

/** A JSON file, packed by gzip or not: a list of objects, or one object after the other (JSON lines). */
export class JsonTable implements TableSource {
  readonly readAs = "JSON, a row for each object";

  private constructor(
    readonly file: string,
    readonly compressed: boolean,
    readonly fields: readonly string[],
    readonly objects: ReadonlySet<string>,
    readonly rows: number,
    readonly scanned: ScannedFile,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** Reads the whole file: a field need not be in the first rows. @throws TenureError `TEN-IMPORT-016`, `-022`, `-023` */
  static async open(file: string, compressed: boolean, signal?: AbortSignal): Promise<JsonTable> {
    const counter = new JsonCounter(file);
    const text = new Utf8Text(file);
    const splitter = new JsonSplitter(file);
    const names = new Set<string>();
    const objects = new Set<string>();
    const name = (records: Iterable<JsonRecord>) => {
      for (const record of records) {
        for (const [field, cell] of readJsonRecord(record, file)) {
          names.add(field);
          if (cell instanceof Nested && !cell.isList) objects.add(field);
        }
      }
    };
    const scanned = await scanFile(
      file,
      compressed,
      (bytes) => {
        counter.see(bytes);
        name(splitter.feed(text.decode(bytes)));
      },
      signal,
    );
    name(splitter.feed(text.decode(new Uint8Array(0), true), true));
    return new JsonTable(file, compressed, [...names], objects, counter.rows, scanned, signal);
  }

  get bytes(): number {
    return this.scanned.bytes;
  }

  get sha256(): string {
    return this.scanned.sha256;
  }

  async *read(requests: readonly FieldRequest[]): AsyncGenerator<TableChunk> {
    let cells: Cell[][] = requests.map(() => []);
    let held = 0;
    let read = 0;
    for await (const record of recordsOf(this.file, this.compressed, this.signal)) {
      const fields = readJsonRecord(record, this.file);
      for (const [index, { field }] of requests.entries()) cells[index].push(fields.get(field) ?? null);
      read++;
      if (++held < ROWS_PER_CHUNK) continue;
      yield { rows: held, cells };
      cells = requests.map(() => []);
      held = 0;
    }
    if (held > 0) yield { rows: held, cells };
    checkCount(this.file, read, this.rows);
  }

  async close(): Promise<void> {}
}
