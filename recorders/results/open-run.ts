import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type ColumnBatch,
  type EpochTrace,
  type PoolCourse,
  RESULT_TABLES,
  type ResultTableName,
  TenureError,
} from "../../engine/index.js";
import { hashFile } from "../file-hash.js";
import { hashAhead } from "../hashing-ahead.js";
import type { BatchOrder } from "./arrow-table-reader.js";
import { runDigest } from "./digest.js";
import type { KnownFile } from "./known-file.js";
import { type RunManifest, readRunManifest, type TableEntry } from "./manifest.js";
import { MANIFEST_NAME } from "./result-manifest.js";
import { withReadErrors } from "./storage-error.js";

/** Smaller tables are hashed in less time than a thread takes to start. */
const WORTH_A_THREAD_BYTES = 32 << 20;

/** A finished run, opened for reading. */
export interface OpenRun {
  /** Absolute. */
  readonly dir: string;
  readonly manifest: RunManifest;
  /** The tables it recorded. */
  readonly tables: readonly ResultTableName[];
  /** Absolute path of a table's Arrow file. Refuses a table that was not recorded (`TEN-RESULT-009`). */
  tablePath(table: ResultTableName): string;
  /**
   * Compares a table with its SHA-256 in the manifest, once however often it is asked.
   * @param onBytes told how many bytes were read; may throw to stop
   * @throws TenureError `TEN-RESULT-009` not recorded, `-006` damaged, `-002` cannot be read
   */
  checkTable(table: ResultTableName, onBytes?: (bytes: number) => void): Promise<void>;
  /** Begins `checkTable` of tables that are to be read, in this order, beside whatever else is done meanwhile. */
  checkAhead(tables: readonly ResultTableName[]): void;
  /** The rows of a table, batch by batch, after `checkTable`. */
  readTable(table: ResultTableName, order?: BatchOrder): AsyncGenerator<ColumnBatch>;
  /** Of a run that was made anew to be read: where the files with its rules lie. Left out: where the manifest says. */
  readonly rules?: ReadonlyMap<string, KnownFile>;
  /** Of the same: terms of one epoch that no table holds; left out: none were asked for. */
  readonly trace?: EpochTrace;
  /** Of the same: what pools did to one position; left out: it was not asked for. */
  readonly pools?: PoolCourse;
  /** Absolute path of the DuckDB file; null when the run stopped after Arrow. */
  readonly duckdbPath: string | null;
}

/**
 * Opens a run folder. Refuses folders without a run (`TEN-RESULT-003`), with an unfinished one (`-004`) and with a
 * manifest that cannot be read (`-005`) or was changed (`-013`).
 * @param isJustWritten this process wrote it into a folder of its own: hashing its tables again would tell nothing
 */
export async function openRun(runDir: string, isJustWritten = false): Promise<OpenRun> {
  const dir = resolve(runDir);
  const manifest = await readRunManifest(runDir);
  const tables = Object.keys(manifest.tables) as ResultTableName[];

  function entryOf(table: ResultTableName): TableEntry {
    const entry = manifest.tables[table];
    if (entry !== undefined) return entry;
    throw new TenureError({
      code: "TEN-RESULT-009",
      what: `The run did not record the table ${table}.`,
      place: { file: dir },
      allowed: tables.join(", "),
      hint: `Add it to record.tables of the scenario and run again.`,
    });
  }

  const checks = new Map<ResultTableName, Promise<void>>();

  async function checkTable(table: ResultTableName, onBytes?: (bytes: number) => void): Promise<void> {
    const entry = entryOf(table);
    if (isJustWritten) return;
    const check = checks.get(table) ?? checkFile(dir, entry, onBytes);
    checks.set(table, check);
    await check;
  }

  function checkAhead(wanted: readonly ResultTableName[]): void {
    const recorded = wanted.filter((table) => tables.includes(table) && !checks.has(table));
    const bytes = recorded.reduce((sum, table) => sum + entryOf(table).bytes, 0);
    if (isJustWritten || bytes < WORTH_A_THREAD_BYTES) return;
    const hashes = hashAhead(recorded.map((table) => join(dir, entryOf(table).file)));
    for (const table of recorded) {
      const check = checkFile(dir, entryOf(table), undefined, hashes);
      // Who reads the table hears of it.
      check.catch(() => undefined);
      checks.set(table, check);
    }
  }

  async function* readTable(table: ResultTableName, order: BatchOrder = "oldest_first"): AsyncGenerator<ColumnBatch> {
    await checkTable(table);
    // Who asks the DuckDB file alone does without Arrow.
    const { readArrowTable } = await import("./arrow-table-reader.js");
    yield* readArrowTable(join(dir, entryOf(table).file), RESULT_TABLES[table], order);
  }

  return {
    dir,
    manifest,
    tables,
    tablePath: (table) => join(dir, entryOf(table).file),
    checkTable,
    checkAhead,
    readTable,
    duckdbPath: manifest.duckdb === null ? null : join(dir, manifest.duckdb.file),
  };
}

/**
 * Refuses a manifest whose digest is not that of the tables it lists.
 * @throws TenureError `TEN-RESULT-005`
 */
export function checkRunDigest({ dir, manifest }: OpenRun): void {
  const digest = runDigest(manifest.tables as Record<string, { sha256: string }>);
  if (digest === manifest.digest) return;
  throw new TenureError({
    code: "TEN-RESULT-005",
    what: "The manifest contradicts itself: its digest is not that of its tables.",
    place: { file: join(dir, MANIFEST_NAME), path: "digest" },
    found: manifest.digest,
    allowed: digest,
    hint: "It was changed after the run. Run the scenario again.",
  });
}

/** What a table says counts only while not a bit of its file has changed. */
async function checkFile(
  dir: string,
  { file, bytes, sha256 }: TableEntry,
  onBytes?: (bytes: number) => void,
  ahead?: ReadonlyMap<string, Promise<string | null>>,
): Promise<void> {
  const path = join(dir, file);
  const length = await stat(path).then(
    (entry) => entry.size,
    () => null,
  );
  // A table of another length is surely not the one that the manifest describes.
  const hash = async () => (await ahead?.get(path)) ?? (await hashFile(path, onBytes));
  const found = length !== null && length === bytes ? await withReadErrors(path, hash) : null;
  if (found === sha256) return;
  throw new TenureError({
    code: "TEN-RESULT-006",
    what: "The result table is damaged.",
    place: { file: path },
    found: found !== null ? `SHA-256 ${found}` : length === null ? "no such file" : `${length} bytes`,
    allowed: `${bytes} bytes of SHA-256 ${sha256}, as the run's manifest says`,
    hint: "Run the scenario again; `tenure verify` says what else was changed.",
  });
}
