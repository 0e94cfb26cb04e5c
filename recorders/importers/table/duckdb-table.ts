import { open } from "node:fs/promises";
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { TenureError } from "../../../engine/index.js";
import type { Cell, FieldRequest, TableChunk, TableSource } from "./table-source.js";

/** Enough for any header line. */
const HEADER_BYTES = 65_536;
const SEPARATORS = [",", "\t", ";", "|"];
const ROW_NUMBER = "tenure_row_number";

const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;
const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * The separator of a CSV file: the one its header line has most of. DuckDB's own guess takes the whole line for one
 * column when a later row is ragged, where a refusal of that row is wanted.
 */
async function separatorOf(file: string): Promise<string> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const header = buffer
      .toString("utf8", 0, bytesRead)
      .split(/\r?\n/, 1)[0]
      .replace(/"[^"]*"/g, "");
    const counts = SEPARATORS.map((separator) => header.split(separator).length);
    return SEPARATORS[counts.indexOf(Math.max(...counts))];
  } finally {
    await handle.close();
  }
}

function unreadable(file: string, error: unknown): unknown {
  if (error instanceof TenureError || !(error instanceof Error)) return error;
  return new TenureError({
    code: "TEN-IMPORT-016",
    what: "The table cannot be read.",
    place: { file },
    found: error.message.split("\n").slice(0, 3).join(" ").trim(),
    hint: "It may be damaged, cut short, or of another format than its name says.",
  });
}

/** A CSV or Parquet file, read through DuckDB in memory, row by row in the order of the file unless sorted. */
export class DuckdbTable implements TableSource {
  readonly fields: readonly string[];

  private constructor(
    readonly file: string,
    readonly connection: DuckDBConnection,
    readonly instance: DuckDBInstance,
    readonly from: string,
    /** DuckDB's type of each field. */
    readonly types: ReadonlyMap<string, string>,
    readonly rows: number,
  ) {
    this.fields = [...types.keys()];
  }

  /** @throws TenureError `TEN-IMPORT-016` */
  static async open(file: string, format: "csv" | "parquet"): Promise<DuckdbTable> {
    const from =
      format === "parquet"
        ? `read_parquet(${quoteText(file)})`
        : // All as text: DuckDB's guess of types would turn amounts over 2^63 into doubles.
          `read_csv(${quoteText(file)}, header=true, all_varchar=true, skip=0, nullstr='', quote='"', escape='"', delim=${quoteText(await separatorOf(file))})`;
    // Nothing is fetched from anywhere; one thread, so that rows come in the order of the file.
    // Loaded only here: it is a large native library, and most commands do without.
    const duckdb = await import("@duckdb/node-api");
    const instance = await duckdb.DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      threads: "1",
    });
    const connection = await instance.connect();
    try {
      const described = await (await connection.run(`DESCRIBE SELECT * FROM ${from}`)).getRows();
      const types = new Map(described.map(([name, type]) => [String(name), String(type)]));
      const [[rows]] = await (await connection.run(`SELECT count(*) FROM ${from}`)).getRows();
      return new DuckdbTable(file, connection, instance, from, types, Number(rows));
    } catch (error) {
      connection.closeSync();
      instance.closeSync();
      throw unreadable(file, error);
    }
  }

  async *read(requests: readonly FieldRequest[], sortBy?: readonly FieldRequest[]): AsyncGenerator<TableChunk> {
    const columns = requests.map((request) => this.#cell(request));
    let sql = `SELECT ${columns.join(", ")} FROM ${this.from}`;
    if (sortBy !== undefined) {
      const order = [...sortBy.map((request) => this.#sortKey(request)), ROW_NUMBER];
      sql = `SELECT ${[...columns, ROW_NUMBER].join(", ")} FROM (SELECT *, row_number() OVER () AS ${ROW_NUMBER} FROM ${this.from}) ORDER BY ${order.join(", ")}`;
    }
    const result = await this.#tried(() => this.connection.stream(sql));
    for (;;) {
      const chunk = await this.#tried(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      const cells = requests.map((_, index) => chunk.getColumnValues(index).map(toCell));
      const rowNumbers = sortBy === undefined ? {} : { rowNumbers: chunk.getColumnValues(requests.length).map(Number) };
      yield { rows: chunk.rowCount, cells, ...rowNumbers };
    }
  }

  /** What DuckDB fails with is the file's fault; nothing else may be blamed on it. */
  async #tried<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw unreadable(this.file, error);
    }
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  /** A field so that its cells arrive exactly: doubles as they are, times as ms, all else as text. */
  #cell({ field, isTime }: FieldRequest): string {
    const name = quoteName(field);
    const type = this.types.get(field) ?? "";
    if (isTime && type === "TIMESTAMP WITH TIME ZONE") return `epoch_ms(${name})`;
    if (isTime && /^(TIMESTAMP|DATE)/.test(type)) return `epoch_ms(CAST(${name} AS TIMESTAMP))`;
    if (type === "DOUBLE" || type === "FLOAT") return `CAST(${name} AS DOUBLE)`;
    return `CAST(${name} AS VARCHAR)`;
  }

  /** What a row is sorted by; rows whose key cannot be read come first, where they are refused. */
  #sortKey(request: FieldRequest): string {
    const cell = this.#cell(request);
    if (cell.startsWith("epoch_ms")) return `${cell} NULLS FIRST`;
    const whole = `TRY_CAST(${cell} AS BIGINT)`;
    if (!request.isTime) return `${whole} NULLS FIRST`;
    return `coalesce(${whole}, epoch_ms(TRY_CAST(${cell} AS TIMESTAMP))) NULLS FIRST`;
  }
}

function toCell(value: DuckDBValue): Cell {
  return typeof value === "object" && value !== null ? String(value) : (value as Cell);
}
