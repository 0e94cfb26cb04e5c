import { stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { AddressBook, type ColumnDeclaration, type StreamKind, TenureError } from "../../../engine/index.js";
import { AddressIntake, type AddressRule } from "../../addresses/index.js";
import { type Coverage, hashFile, type RecordingWriter, StreamRows, systemCode, writeRecording } from "../../streams/index.js";
import { systemWords } from "../../system-words.js";
import type { ImportOptions, ImportReport } from "../import-report.js";
import { ArrowTable } from "./arrow-table.js";
import { takeCell } from "./cell-values.js";
import { type MappedColumn, mapColumns } from "./column-mapping.js";
import { DestinationCheck } from "./destination.js";
import { DuckdbTable } from "./duckdb-table.js";
import type { FieldRequest, TableChunk, TableSource } from "./table-source.js";

/** Before 1973: as seconds these are times of this century. */
const LIKELY_SECONDS_MS = 100_000_000_000;

const FORMATS: Readonly<Record<string, "csv" | "parquet" | "arrow">> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".parquet": "parquet",
  ".arrow": "arrow",
  ".feather": "arrow",
  ".ipc": "arrow",
};

export interface TableOptions extends ImportOptions {
  readonly kind: StreamKind;
  /** Stream column -> field of the file; a column that is not named is read from the field of its own name. */
  readonly map: Readonly<Record<string, string>>;
  readonly addresses: AddressRule;
  /** Does the table hold the whole subnet? `partial` when left out. */
  readonly coverage?: Coverage | undefined;
  /** Sorts the rows (CSV and Parquet); otherwise rows that are not in order are refused. */
  readonly sort?: boolean | undefined;
}

/**
 * Makes a recording of one stream from a CSV, Parquet or Arrow file. Amounts are whole rao and pass exactly; times are ISO
 * text (UTC where they name no zone), timestamps or whole ms. Progress counts rows.
 * @throws TenureError `TEN-IMPORT-001`, `-005` to `-007`, `-011` to `-016`, `-019` and what `writeRecording` names
 */
export async function importTable(file: string, options: TableOptions): Promise<ImportReport> {
  const source = await openTable(file, options);
  try {
    return await importSource(file, source, options);
  } finally {
    await source.close();
  }
}

async function openTable(file: string, options: TableOptions): Promise<TableSource> {
  const found = await stat(file).catch((error: unknown) => {
    const code = systemCode(error);
    throw missing(file, code === undefined ? String(error) : systemWords(code));
  });
  if (!found.isFile()) throw missing(file, "not a file");
  const format = FORMATS[extname(file).toLowerCase()];
  if (format === undefined) {
    throw new TenureError({
      code: "TEN-IMPORT-019",
      what: "The name of the file does not say which format it has.",
      place: { file },
      found: extname(file),
      allowed: Object.keys(FORMATS).join(", "),
    });
  }
  if (found.size === 0) throw empty(file);
  if (format !== "arrow") return DuckdbTable.open(file, format);
  if (options.sort === true) {
    throw new TenureError({
      code: "TEN-IMPORT-019",
      what: "An Arrow file cannot be sorted while it is imported.",
      place: { file },
      allowed: "--sort with CSV and Parquet",
      hint: "Sort it before, or write it as Parquet.",
    });
  }
  return ArrowTable.open(file);
}

async function importSource(file: string, source: TableSource, options: TableOptions): Promise<ImportReport> {
  const { kind, signal } = options;
  const columns = mapColumns(kind, options.map, source.fields, file);
  if (source.rows === 0) throw empty(file);
  const book = new AddressBook();
  const warnings: string[] = [];
  const manifest = await writeRecording({ out: options.out, inputs: [file], book, signal }, async (recording) => {
    const record = { path: basename(file), bytes: (await stat(file)).size, sha256: await hashFile(file, () => signal?.throwIfAborted()) };
    const counts = await new TableImport(file, source, columns, options, new AddressIntake(book, options.addresses)).run(recording);
    if (counts.rows === 0) throw empty(file);
    if (counts.lastMs < LIKELY_SECONDS_MS) warnings.push("All times lie before 1973: they are taken as milliseconds; are they seconds?");
    return {
      source: {
        importer: "table",
        inputs: [record],
        options: {
          kind,
          columns: Object.fromEntries(columns.map(({ column, field }) => [column.name, field ?? null])),
          addresses: options.addresses,
          sort: options.sort === true,
        },
        netuids: [...counts.netuids].sort((a, b) => a - b),
        chain: null,
      },
      coverage: options.coverage ?? "partial",
      figures: {
        rows: counts.rows,
        addresses: book.size,
        absent_columns: columns.filter(({ field }) => field === undefined).map(({ column }) => column.name),
      },
      notes: warnings,
    };
  });
  return { folder: options.out, manifest, warnings };
}

/** Reads a table into its stream. */
class TableImport {
  readonly #netuids = new Set<number>();
  #rows = 0;
  #lastMs = 0;
  #rowNumbers: number[] = [];

  constructor(
    readonly file: string,
    readonly source: TableSource,
    readonly columns: readonly MappedColumn[],
    readonly options: TableOptions,
    readonly intake: AddressIntake,
  ) {}

  async run(recording: RecordingWriter): Promise<{ rows: number; lastMs: number; netuids: ReadonlySet<number> }> {
    const rows = new StreamRows(await recording.stream(this.options.kind));
    const requests = this.columns.flatMap(({ column, field }) => (field === undefined ? [] : [request(column, field)]));
    const sortBy = this.options.sort === true ? this.#sortBy() : undefined;
    for await (const chunk of this.source.read(requests, sortBy)) {
      this.options.signal?.throwIfAborted();
      await this.#takeChunk(chunk, rows);
      this.options.onProgress?.(this.#rows, this.source.rows ?? this.#rows, basename(this.file));
    }
    await this.#flush(rows);
    return { rows: this.#rows, lastMs: this.#lastMs, netuids: this.#netuids };
  }

  #sortBy(): FieldRequest[] {
    const order = ["time_ms", "block", "extrinsic", "event"];
    return order.flatMap((name) => {
      const mapped = this.columns.find(({ column }) => column.name === name);
      return mapped?.field === undefined ? [] : [request(mapped.column, mapped.field)];
    });
  }

  async #takeChunk(chunk: TableChunk, rows: StreamRows): Promise<void> {
    const destination = DestinationCheck.of(this.options.kind);
    const values = this.columns.map(({ column }) => column.missing ?? 0);
    for (let row = 0; row < chunk.rows; row++) {
      if (rows.full) await this.#flush(rows);
      const rowNumber = chunk.rowNumbers?.[row] ?? this.#rows + 1;
      let cell = 0;
      for (let index = 0; index < values.length; index++) {
        const { column, field } = this.columns[index];
        if (field === undefined) continue;
        values[index] = takeCell(column, chunk.cells[cell++][row], this.intake, () => ({
          file: this.file,
          path: `row ${rowNumber}, ${field}`,
        }));
        if (column.name === "netuid") this.#netuids.add(values[index]);
      }
      destination?.check(values, (name) => ({ file: this.file, path: `row ${rowNumber}, ${this.#fieldOf(name)}` }));
      rows.push(...values);
      this.#rowNumbers.push(rowNumber);
      this.#lastMs = Math.max(this.#lastMs, values[0]);
      this.#rows++;
    }
  }

  /** What the person calls a column of the stream. */
  #fieldOf(name: string): string {
    return this.columns.find(({ column }) => column.name === name)?.field ?? name;
  }

  async #flush(rows: StreamRows): Promise<void> {
    const before = rows.writer.rows;
    try {
      await rows.flush();
      this.#rowNumbers = [];
    } catch (error) {
      throw error instanceof TenureError && error.code === "TEN-STREAM-009" ? this.#unsorted(error, before) : error;
    }
  }

  #unsorted(error: TenureError, before: number): TenureError {
    const canSort = this.source.rows !== undefined && this.options.sort !== true;
    return new TenureError({
      code: "TEN-IMPORT-014",
      what: "The rows are not in order of time, block, extrinsic and event.",
      place: { file: this.file, path: `row ${this.#rowNumbers[(error.place?.row ?? 0) - before]}` },
      found: error.found,
      ...(error.allowed === undefined ? {} : { allowed: error.allowed }),
      hint: canSort ? "Add --sort to have the rows sorted." : "Sort the rows of the file.",
    });
  }
}

function request(column: ColumnDeclaration, field: string): FieldRequest {
  return { field, isTime: column.type === "time" };
}

function missing(file: string, found: string): TenureError {
  return new TenureError({ code: "TEN-IMPORT-001", what: "The input cannot be read.", place: { file }, found, hint: "Check the path." });
}

function empty(file: string): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-015",
    what: "The table has no rows.",
    place: { file },
    found: "an empty table",
    allowed: "at least one row",
  });
}
