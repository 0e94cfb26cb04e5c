import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ColumnBatch, InvariantError, RESULT_TABLES, type ResultTableName } from "../../engine/index.js";
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
  readonly #writers: ReadonlyMap<ResultTableName, ArrowTableWriter>;

  private constructor(writers: ReadonlyMap<ResultTableName, ArrowTableWriter>) {
    this.#writers = writers;
  }

  /** Creates a file for every table of `tables`, also for those that stay empty. */
  static async create(dir: string, tables: readonly ResultTableName[]): Promise<ResultWriter> {
    await withWriteErrors(dir, () => mkdir(dir, { recursive: true }));
    const writers = new Map<ResultTableName, ArrowTableWriter>();
    const writer = new ResultWriter(writers);
    try {
      for (const table of tables) writers.set(table, await ArrowTableWriter.create(join(dir, `${table}.arrow`), RESULT_TABLES[table]));
    } catch (error) {
      await writer.abandon();
      throw error;
    }
    return writer;
  }

  append(table: ResultTableName, batch: ColumnBatch): Promise<void> {
    const writer = this.#writers.get(table);
    if (writer === undefined) throw new InvariantError(`a batch of the table ${table}, which the scenario does not record`);
    return writer.append(batch);
  }

  async close(): Promise<WrittenTables> {
    const tables: Partial<Record<ResultTableName, TableFile>> = {};
    for (const [table, writer] of this.#writers) tables[table] = await writer.close();
    return { digest: runDigest(tables as Record<string, TableFile>), tables };
  }

  /** Closes the files as they are. */
  async abandon(): Promise<void> {
    for (const writer of this.#writers.values()) await writer.abandon();
  }
}
