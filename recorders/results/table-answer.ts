import { quoteName, quoteText } from "./duckdb-schema.js";
import type { LockedConnection } from "./locked-connection.js";

/** A column of an answer. */
export interface AnswerColumn {
  /** As the query calls it; several may have one name. */
  readonly name: string;
  /** As SQL calls it: `DECIMAL(38,9)`, `BIGINT`. */
  readonly type: string;
}

/** Rows that are read at a time. */
const PAGE_ROWS = 10_000;
/** Whole numbers wider than any type of Parquet; what is not changed here would be written as doubles there. */
const TOO_WIDE = /\bU?HUGEINT\b/g;

/** What a query gave, kept in DuckDB until it is read. */
export class TableAnswer {
  private constructor(
    private readonly connection: LockedConnection,
    private readonly table: string,
    /** The columns of the table, no two of one name. */
    private readonly held: readonly AnswerColumn[],
    readonly columns: readonly AnswerColumn[],
    readonly rows: number,
  ) {}

  /** @param names as the query calls its columns */
  static async of(connection: LockedConnection, table: string, names: readonly string[]): Promise<TableAnswer> {
    const described = `SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '${table}' ORDER BY column_index`;
    const held = (await connection.texts(described)).map(([name, type]) => ({ name: String(name), type: String(type) }));
    const [[rows]] = await connection.texts(`SELECT count(*)::VARCHAR FROM ${table}`);
    const columns = held.map(({ type }, at) => ({ name: names[at] ?? "", type }));
    return new TableAnswer(connection, table, held, columns, Number(rows));
  }

  /**
   * The rows in their order, some at a time; each value as DuckDB writes it as text, which of numbers is exact, or null.
   * @param most rows that are read
   */
  async *pages(most: number = this.rows): AsyncGenerator<readonly (readonly (string | null)[])[]> {
    const texts = this.held.map(({ name }) => `CAST(${quoteName(name)} AS VARCHAR)`).join(", ");
    const end = Math.min(most, this.rows);
    for (let from = 0; from < end; from += PAGE_ROWS) {
      const to = Math.min(from + PAGE_ROWS, end);
      yield await this.connection.texts(`SELECT ${texts} FROM ${this.table} WHERE rowid >= ${from} AND rowid < ${to} ORDER BY rowid`);
    }
  }

  /**
   * Writes all rows as Parquet into a file that is there; the database was opened for that file.
   * @throws what DuckDB says of it
   */
  async writeParquet(path: string): Promise<void> {
    const columns = this.held.map(({ name, type }) => {
      const own = quoteName(name);
      return TOO_WIDE.test(type) ? `CAST(${own} AS ${type.replaceAll(TOO_WIDE, "DECIMAL(38,0)")}) AS ${own}` : own;
    });
    const rows = `SELECT ${columns.join(", ")} FROM ${this.table}`;
    await this.connection.execute(`COPY (${rows}) TO ${quoteText(path)} (FORMAT parquet, USE_TMP_FILE false)`);
  }
}
