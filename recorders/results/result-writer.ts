import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ColumnBatch, InvariantError, RESULT_TABLES, type ResultTableName, WHERE_FILLED_TABLES } from "../../engine/index.js";
import { ArrowTableWriter, type TableFile } from "./arrow-table-writer.js";
import { runDigest } from "./digest.js";
import { withWriteErrors } from "./storage-error.js";

/** Takes the batches of a run. When `append` has returned, the engine may fill its arrays again. */
export interface ResultSink {
  append(table: ResultTableName, batch: ColumnBatch): Promise<void> | void;
}

export interface WrittenTables {
  readonly digest: string;
  /** In the order of the table declarations. */
  readonly tables: Readonly<Partial<Record<ResultTableName, TableFile>>>;
}

/** Writes the recorded tables of a run as `<dir>/<table>.arrow`. */
export class ResultWriter implements ResultSink {
  readonly #dir: string;
  readonly #writers: Map<ResultTableName, ArrowTableWriter>;
  /** Tables without a file as long as they have no rows. */
  readonly #whereFilled: ReadonlySet<ResultTableName>;

  private constructor(dir: string, writers: Map<ResultTableName, ArrowTableWriter>, whereFilled: ReadonlySet<ResultTableName>) {
    this.#dir = dir;
    this.#writers = writers;
    this.#whereFilled = whereFilled;
  }

  /** Creates a file for every table of `tables`, also for those that stay empty, but for `WHERE_FILLED_TABLES`. */
  static async create(dir: string, tables: readonly ResultTableName[]): Promise<ResultWriter> {
    await withWriteErrors(dir, () => mkdir(dir, { recursive: true }));
    const writers = new Map<ResultTableName, ArrowTableWriter>();
    const whereFilled = new Set(tables.filter((table) => WHERE_FILLED_TABLES.includes(table)));
    const writer = new ResultWriter(dir, writers, whereFilled);
    try {
      for (const table of tables) if (!whereFilled.has(table)) await writer.#open(table);
    } catch (error) {
      await writer.abandon();
      throw error;
    }
    return writer;
  }

  async append(table: ResultTableName, batch: ColumnBatch): Promise<void> {
    const writer = this.#writers.get(table) ?? (this.#whereFilled.has(table) ? await this.#open(table) : undefined);
    if (writer === undefined) throw new InvariantError(`a batch of the table ${table}, which the scenario does not record`);
    await writer.append(batch);
  }

  async close(): Promise<WrittenTables> {
    const tables: Partial<Record<ResultTableName, TableFile>> = {};
    for (const [table, writer] of this.#writers) tables[table] = await writer.close();
    return { digest: runDigest(tables as Record<string, TableFile>), tables };
  }

  async #open(table: ResultTableName): Promise<ArrowTableWriter> {
    const writer = await ArrowTableWriter.create(join(this.#dir, `${table}.arrow`), RESULT_TABLES[table]);
    this.#writers.set(table, writer);
    return writer;
  }

  /** Closes the files as they are. */
  async abandon(): Promise<void> {
    for (const writer of this.#writers.values()) await writer.abandon();
  }
}
