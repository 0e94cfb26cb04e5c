import duckdb, { type Connection, type Database, type PreparedStatement } from "@duckdb/node-bindings";
import { isNumberType, textCell, typeName } from "./duckdb-cells.js";
import { quoteText } from "./duckdb-schema.js";
import type { AroundNative, QueryShape } from "./query-answer.js";
import { unrepeatableFunctions } from "./unrepeatable-functions.js";

/** One thread: sums of doubles come out the same on every machine. The bound on memory is the same everywhere for the same reason. */
const OPTIONS: Readonly<Record<string, string>> = {
  threads: "1",
  memory_limit: "2GB",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
};

export interface LockedOptions {
  /** Opened for reading only; left out: an empty database in memory. */
  readonly file?: string;
  /** Made before it is locked. */
  readonly statements?: readonly string[];
  /** The one file that may be written to. */
  readonly writes?: string | undefined;
  readonly around?: AroundNative;
}

/**
 * A connection to DuckDB over which nothing of the machine can be reached, and that cannot be changed: no file but the one that was
 * opened, no network, no extension, no setting. A file that it was opened on stays as it is.
 */
export class LockedConnection {
  private constructor(
    private readonly database: Database,
    /** For calls that have no method here. */
    readonly native: Connection,
    private readonly around: AroundNative,
  ) {}

  /** @throws what DuckDB says of it */
  static async open({ file, statements = [], writes, around = (call) => call() }: LockedOptions): Promise<LockedConnection> {
    const configuration = duckdb.create_config();
    const options = file === undefined ? OPTIONS : { ...OPTIONS, access_mode: "READ_ONLY" };
    for (const [name, value] of Object.entries(options)) duckdb.set_config(configuration, name, value);
    const database = await around(() => duckdb.open(file ?? ":memory:", configuration));
    try {
      const connection = new LockedConnection(database, await around(() => duckdb.connect(database)), around);
      const locks = [
        "SET temp_directory = ''",
        // Else a time with a zone would be told in that of the machine.
        "SET TimeZone = 'UTC'",
        ...(writes === undefined ? [] : [`SET allowed_paths = [${quoteText(writes)}]`]),
        "SET enable_external_access = false",
        "SET lock_configuration = true",
      ];
      for (const statement of [...statements, ...locks]) await connection.execute(statement);
      return connection;
    } catch (error) {
      duckdb.close_sync(database);
      throw error;
    }
  }

  /** Runs a statement that is the project's own. */
  async execute(sql: string): Promise<void> {
    await this.around(() => duckdb.query(this.native, sql));
  }

  /**
   * The rows of a query of the project's own, all of whose columns are texts.
   * @returns null: the text is null
   */
  async texts(sql: string): Promise<(string | null)[][]> {
    const result = await this.around(() => duckdb.query(this.native, sql));
    const columns = duckdb.column_count(result);
    const rows: (string | null)[][] = [];
    for (let at = 0; at < duckdb.result_chunk_count(result); at++) {
      const chunk = duckdb.result_get_chunk(result, at);
      const count = duckdb.data_chunk_get_size(chunk);
      const cells = Array.from({ length: columns }, (_, column) => textColumn(duckdb.data_chunk_get_vector(chunk, column), count));
      for (let row = 0; row < count; row++) rows.push(cells.map((column) => column[row]));
    }
    return rows;
  }

  /** The syntax tree of a query as DuckDB writes it down in JSON: `error`, or `statements`. Anything but SELECT is an error of it. */
  async syntax(sql: string): Promise<unknown> {
    const [[text]] = await this.texts(`SELECT json_serialize_sql(${quoteText(sql)})::VARCHAR`);
    // Of a number that is too large for a double it writes a word that JSON does not have.
    return JSON.parse(String(text).replace(/:(-?)(?:Infinity|NaN)\b/g, ":null"));
  }

  /** Functions whose answers are not of their arguments alone: of the time, of chance, of settings, of who asks. */
  unrepeatableFunctions(): Promise<ReadonlySet<string>> {
    return unrepeatableFunctions((sql) => this.texts(sql));
  }

  /** What a query of one statement gives. @throws what DuckDB says of it */
  async shape(sql: string): Promise<QueryShape> {
    const prepared = await this.prepare(sql);
    try {
      const columns = [...Array(duckdb.prepared_statement_column_count(prepared)).keys()];
      const types = columns.map((column) => duckdb.prepared_statement_column_type(prepared, column));
      const names = columns.map((column) => duckdb.prepared_statement_column_name(prepared, column));
      return { names, types: types.map(typeName), numeric: types.map(isNumberType) };
    } finally {
      duckdb.destroy_prepare_sync(prepared);
    }
  }

  /** A query of one statement; whoever has it destroys it. @throws what DuckDB says of it */
  async prepare(sql: string): Promise<PreparedStatement> {
    const extracted = await this.around(() => duckdb.extract_statements(this.native, sql));
    return this.around(() => duckdb.prepare_extracted_statement(this.native, extracted.extracted_statements, 0));
  }

  close(): void {
    duckdb.disconnect_sync(this.native);
    duckdb.close_sync(this.database);
  }
}

function textColumn(vector: duckdb.Vector, count: number): (string | null)[] {
  const validity = duckdb.vector_get_validity(vector, 8 * Math.ceil(count / 64));
  return Array.from({ length: count }, (_, row) => (duckdb.validity_row_is_valid(validity, row) ? textCell(vector, row) : null));
}
