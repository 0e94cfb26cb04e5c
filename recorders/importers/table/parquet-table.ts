import { resolve } from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { TenureError } from "../../../engine/index.js";
import { quoteName, quoteText } from "../../results/index.js";
import { hashFile } from "../../streams/index.js";
import { literalPath } from "./literal-path.js";
import { checkParquetAlone, type NamedData } from "./parquet-alone.js";
import { checkParquetFrame, PARQUET_ALLOWED } from "./parquet-frame.js";
import type { Cell, FieldRequest, TableChunk, TableSource } from "./table-source.js";
import { checkCount, malformed, unreadable } from "./unreadable.js";

/** DuckDB's names of lists, objects, maps and truth values: as text they would pass for an address. */
const NOT_ONE_VALUE = /\]$|^(STRUCT|MAP|UNION|BOOLEAN)/;

/** What is known of a Parquet file before its rows are read. */
interface ParquetHead {
  /** DuckDB's type of each field. */
  readonly types: ReadonlyMap<string, string>;
  /** As the file names them: DuckDB gives a name that is there twice another one. */
  readonly names: readonly string[];
  readonly rows: number;
}

/** What DuckDB says is told with it: it names what of the format it does not read. */
function noParquet(file: string, error: unknown): unknown {
  const detail = error instanceof Error ? error.message.split("\n", 1)[0].trim() : "";
  return unreadable(file, error, { found: `a Parquet file that is damaged or not read (DuckDB: ${detail})`, allowed: PARQUET_ALLOWED });
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<DuckDBValue[][]> {
  return (await connection.run(sql)).getRows();
}

/** The pages and filters that a footer names; a footer without rows names nothing. */
async function namedData(connection: DuckDBConnection, path: string): Promise<NamedData> {
  const first = "CASE WHEN dictionary_page_offset > 0 THEN least(dictionary_page_offset, data_page_offset) ELSE data_page_offset END";
  const filter = "coalesce(bloom_filter_offset + coalesce(bloom_filter_length, 0), 0)";
  const [[from, to]] = await rowsOf(
    connection,
    `SELECT min(${first}), max(greatest(${first} + total_compressed_size, ${filter})) FROM parquet_metadata(${quoteText(path)})`,
  );
  return { from: Number(from ?? 0), to: Number(to ?? 0) };
}

/** Names of the outermost fields, from the schema, which lists each field and then those inside it. */
function outermost(schema: readonly DuckDBValue[][]): string[] {
  const names: string[] = [];
  const skip = (at: number): number => {
    let next = at + 1;
    for (let child = 0; child < Number(schema[at][1] ?? 0); child++) next = skip(next);
    return next;
  };
  for (let at = 1; at < schema.length; at = skip(at)) names.push(String(schema[at][0]));
  return names;
}

/** A Parquet file, read through DuckDB in memory, row by row in the order of the file. */
export class ParquetTable implements TableSource {
  readonly readAs = "Parquet";

  private constructor(
    readonly file: string,
    readonly connection: DuckDBConnection,
    readonly instance: DuckDBInstance,
    readonly from: string,
    readonly head: ParquetHead,
    readonly bytes: number,
    readonly sha256: string,
  ) {}

  /** @throws TenureError `TEN-IMPORT-016`, `-029` */
  static async open(file: string, bytes: number, signal?: AbortSignal): Promise<ParquetTable> {
    const path = literalPath(file);
    const sha256 = await hashFile(file, () => signal?.throwIfAborted());
    await checkParquetFrame(file);
    // Loaded only here: it is a large native library, and most commands do without.
    const duckdb = await import("@duckdb/node-api");
    // Nothing is fetched from anywhere; one thread, so that rows come in the order of the file.
    const instance = await duckdb.DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      threads: "1",
    });
    const connection = await instance.connect();
    try {
      const matched = (await rowsOf(connection, `SELECT file FROM glob(${quoteText(path)})`)).map(([name]) => String(name));
      if (matched.length !== 1 || matched[0] !== resolve(file)) throw malformed({ file }, matched.slice(0, 3).join(", "), "this one file");
      // A folder `name=value` on the path would become a field.
      const from = `read_parquet(${quoteText(path)}, hive_partitioning=false, union_by_name=false, filename=false)`;
      const described = await rowsOf(connection, `DESCRIBE SELECT * FROM ${from}`);
      const names = outermost(await rowsOf(connection, `SELECT name, num_children FROM parquet_schema(${quoteText(path)})`));
      const [[rows]] = await rowsOf(connection, `SELECT num_rows FROM parquet_file_metadata(${quoteText(path)})`);
      await checkParquetAlone(file, await namedData(connection, path));
      const head = { types: new Map(described.map(([name, type]) => [String(name), String(type)])), names, rows: Number(rows) };
      return new ParquetTable(file, connection, instance, from, head, bytes, sha256);
    } catch (error) {
      connection.closeSync();
      instance.closeSync();
      throw noParquet(file, error);
    }
  }

  get fields(): readonly string[] {
    return this.head.names;
  }

  get rows(): number {
    return this.head.rows;
  }

  async *read(requests: readonly FieldRequest[]): AsyncGenerator<TableChunk> {
    const columns = requests.map((request) => this.#cell(request));
    const result = await this.#tried(() => this.connection.stream(`SELECT ${columns.join(", ")} FROM ${this.from}`));
    let read = 0;
    for (;;) {
      const chunk = await this.#tried(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) break;
      read += chunk.rowCount;
      yield { rows: chunk.rowCount, cells: requests.map((_, index) => chunk.getColumnValues(index).map(toCell)) };
    }
    checkCount(this.file, read, this.rows);
  }

  /** What DuckDB fails with is the file's fault; nothing else may be blamed on it. */
  async #tried<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw noParquet(this.file, error);
    }
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  /** A field so that its cells arrive exactly: doubles as they are, times as ms, all else as text. */
  #cell({ field, isTime, aside }: FieldRequest): string {
    const name = quoteName(field);
    const type = this.head.types.get(field) ?? "";
    if (NOT_ONE_VALUE.test(type)) {
      if (aside === true) return "NULL";
      throw new TenureError({
        code: "TEN-IMPORT-013",
        what: "A field has a type that holds neither numbers, times nor text.",
        place: { file: this.file, path: field },
        found: type,
        allowed: "integers, floats, decimals, timestamps, dates, text",
        hint: "Write what is meant as a field of its own.",
      });
    }
    if (isTime && type === "TIMESTAMP WITH TIME ZONE") return `epoch_ms(${name})`;
    if (isTime && /^(TIMESTAMP|DATE)/.test(type)) return `epoch_ms(CAST(${name} AS TIMESTAMP))`;
    if (type === "DOUBLE" || type === "FLOAT") return `CAST(${name} AS DOUBLE)`;
    return `CAST(${name} AS VARCHAR)`;
  }
}

function toCell(value: DuckDBValue): Cell {
  return typeof value === "object" && value !== null ? String(value) : (value as Cell);
}
