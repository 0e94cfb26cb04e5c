import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { InvariantError, RESULT_TABLES, type ResultTableName, TenureError } from "../../engine/index.js";
import { scenarioFromResolved } from "../../scenarios/index.js";
import { processTag, removeLeftOvers } from "../folder/process-tag.js";
import { differsInValuesOnly } from "../results/damaged-frame.js";
import { duckdbFaults, hasStrayDuckdb } from "../results/duckdb-check.js";
import { firstDifference, type TableDifference } from "../results/first-difference.js";
import { type InputEntry, MANIFEST_NAME, type RunManifest } from "../results/manifest.js";
import { checkRunDigest, type OpenRun, openRun } from "../results/open-run.js";
import { DUCKDB_NAME, TABLES_DIR } from "../results/run-files.js";
import { withReadErrors, withWriteErrors } from "../results/storage-error.js";
import { hashFile } from "../streams/index.js";
import { toolVersion } from "../versions.js";
import type { RunProgress } from "./execute.js";
import { type RecordedRule, recordedRules, unchanged } from "./recorded-rules.js";
import { runScenario } from "./run.js";

/** Start of the names of the temporary folders of second runs. */
const TEMPORARY = "tenure-verify-";

/** A file that is not what the manifest says. */
export interface ChangedFile {
  /** Relative to the run folder (tables) or to the data folder (inputs). */
  readonly file: string;
  /** SHA-256 in the manifest. */
  readonly expected: string;
  /** SHA-256 now; null when the file is missing. */
  readonly found: string | null;
}

export interface VerifyReport {
  /**
   * The tables are as they were written, the inputs as they were read, the DuckDB file is as the manifest says, and running
   * again gives the same bytes.
   */
  readonly ok: boolean;
  /** In the manifest. */
  readonly digest: string;
  /** Of the second run; null when there was none because inputs were changed. */
  readonly rerunDigest: string | null;
  readonly changedTables: readonly (ChangedFile & { readonly table: ResultTableName })[];
  readonly changedInputs: readonly (ChangedFile & { readonly stream: string })[];
  /** What is off with the DuckDB file, in words; empty when nothing is, or the run made none. */
  readonly duckdbFaults: readonly string[];
  /** Files among the results that are not of the run, relative to its folder. They do not make the run wrong. */
  readonly foreignFiles: readonly string[];
  /**
   * Where the tables as they lie there differ first from those of the second run; null when they agree, or when there was
   * no second run.
   */
  readonly difference: TableDifference | null;
  /** Versions of Tenure. Another one may compute something else. */
  readonly version: { readonly recorded: string; readonly now: string };
}

export interface VerifyOptions {
  /** Where the scenario's recorded streams lie; when left out, the folder that the manifest notes, if it notes one. */
  readonly data?: string | undefined;
  /** Where the scenario's paths of rules start; when left out, where the manifest says that they lie. */
  readonly rules?: string | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks a finished run: its files against their checksums, then a second run (into a temporary folder, removed afterwards)
 * against its digest.
 * @throws TenureError `TEN-RESULT-003` to `-005`, `-013` no finished run as it was written, `TEN-RUN-002` the data folder must be given,
 *   `TEN-PLUGIN-...` a rule of a file that cannot be read any more
 */
export async function verifyRun(runDir: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  try {
    return await verify(runDir, options);
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    throw new TenureError({
      code: "TEN-RUN-001",
      what: "The check was interrupted; the run is as it was.",
      place: { file: runDir },
      hint: "The same command checks it again, from the start.",
    });
  }
}

async function verify(runDir: string, options: VerifyOptions): Promise<VerifyReport> {
  const run = await openRun(runDir);
  checkRunDigest(run);
  const data = dataFolder(run, options.data);
  const changedTables = await findChangedTables(run, options.signal);
  const read = run.manifest.inputs.filter(({ source }) => source !== "plug_in");
  const changedStreams = await findChangedInputs(read, data, options.signal);
  const files = read.filter(({ file }) => file !== undefined).length;
  if (options.data === undefined && files > 0 && changedStreams.filter(({ found }) => found === null).length === files)
    throw movedAway(run);
  const scenario = scenarioFromResolved(run.manifest.scenario.resolved);
  const rules = await recordedRules(run, scenario, options.rules);
  const changedInputs = [...changedStreams, ...changedRules(rules)];
  const found = {
    digest: run.manifest.digest,
    changedTables,
    changedInputs,
    duckdbFaults: await duckdbFaults(run.dir, run.manifest),
    foreignFiles: await findForeignFiles(run),
    version: { recorded: run.manifest.tool.version, now: toolVersion() },
  };
  if (changedInputs.length > 0) return { ok: false, rerunDigest: null, difference: null, ...found };

  await removeLeftOvers(tmpdir(), TEMPORARY);
  const temporary = join(tmpdir(), `${TEMPORARY}${processTag()}`);
  await withWriteErrors(tmpdir(), () => mkdir(temporary, { mode: 0o700 }));
  try {
    const out = join(temporary, "run");
    const { onProgress, signal } = options;
    const { manifest } = await runScenario(scenario, { out, data, rules: unchanged(rules), duckdb: false, onProgress, signal });
    const same = manifest.digest === run.manifest.digest && changedTables.length === 0;
    const difference = same ? null : await findDifference(run, await openRun(out), new Set(changedTables.map(({ table }) => table)));
    return { ok: same && found.duckdbFaults.length === 0, rerunDigest: manifest.digest, difference, ...found };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function dataFolder({ dir, manifest }: OpenRun, given: string | undefined): string | undefined {
  if (given !== undefined) return given;
  if (!manifest.inputs.some((input) => input.source === "recorded")) return undefined;
  if (manifest.data !== null) return resolve(dir, manifest.data);
  throw new TenureError({
    code: "TEN-RUN-002",
    what: "The run read recorded streams, and its manifest does not say where they lie.",
    place: { file: join(dir, MANIFEST_NAME), path: "data" },
    hint: "Give the folder with --data, as for the run.",
  });
}

function movedAway({ dir, manifest }: OpenRun): TenureError {
  return new TenureError({
    code: "TEN-RUN-002",
    what: "The recorded streams that the run read are not where its manifest says.",
    place: { file: join(dir, MANIFEST_NAME), path: "data" },
    ...(manifest.data === null ? {} : { found: manifest.data }),
    allowed: "the folder in which they lie now",
    hint: "Give the folder with --data, as for the run.",
  });
}

async function hashNow(path: string, signal: AbortSignal | undefined): Promise<string | null> {
  const entry = await stat(path).catch(() => null);
  if (entry === null || !entry.isFile()) return null;
  return withReadErrors(path, () => hashFile(path, () => signal?.throwIfAborted()));
}

async function findChangedTables(run: OpenRun, signal: AbortSignal | undefined): Promise<VerifyReport["changedTables"]> {
  const changed: VerifyReport["changedTables"][number][] = [];
  for (const table of run.tables) {
    const { file, sha256 } = run.manifest.tables[table] as RunManifest["tables"][ResultTableName] & object;
    const found = await hashNow(join(run.dir, file), signal);
    if (found !== sha256) changed.push({ table, file, expected: sha256, found });
  }
  return changed;
}

async function findChangedInputs(
  inputs: readonly InputEntry[],
  data: string | undefined,
  signal: AbortSignal | undefined,
): Promise<VerifyReport["changedInputs"]> {
  const changed: VerifyReport["changedInputs"][number][] = [];
  for (const { stream, file, sha256 } of inputs) {
    if (data === undefined || file === undefined || sha256 === undefined) continue;
    const found = await hashNow(join(data, file), signal);
    if (found !== sha256) changed.push({ stream, file, expected: sha256, found });
  }
  return changed;
}

function changedRules(rules: readonly RecordedRule[]): VerifyReport["changedInputs"] {
  return rules.flatMap(({ use, expected, found }) => (found === expected ? [] : [{ stream: use.at, file: use.file, expected, found }]));
}

/** What lies where the results lie and is not in the manifest. */
async function findForeignFiles({ dir, manifest }: OpenRun): Promise<string[]> {
  const own = new Set(Object.values(manifest.tables).map(({ file }) => file));
  const names = await readdir(join(dir, TABLES_DIR)).catch(() => []);
  const foreign = names.map((name) => `${TABLES_DIR}/${name}`).filter((file) => !own.has(file));
  if (await hasStrayDuckdb(dir, manifest)) foreign.push(DUCKDB_NAME);
  return foreign.sort();
}

/**
 * The first table, in the order of their declarations, that differs, and its first row that does.
 * @param changed tables whose files are not those that the manifest describes
 */
async function findDifference(recorded: OpenRun, rerun: OpenRun, changed: ReadonlySet<ResultTableName>): Promise<TableDifference> {
  const names = Object.keys(RESULT_TABLES) as ResultTableName[];
  for (const table of names) {
    const before = recorded.manifest.tables[table];
    const after = rerun.manifest.tables[table];
    if (before?.sha256 === after?.sha256 && !changed.has(table)) continue;
    const whole: TableDifference = {
      table,
      row: null,
      column: null,
      recorded: before === undefined ? null : `${before.rows} rows`,
      rerun: after === undefined ? null : `${after.rows} rows`,
    };
    if (before === undefined || after === undefined) return whole;
    if (changed.has(table)) {
      // A file that was changed may be anything; only where the second run gives what was there can it be told where.
      const paths = [recorded.tablePath(table), rerun.tablePath(table)] as const;
      const isReadable = before.sha256 === after.sha256 && (await differsInValuesOnly(...paths).catch(() => false));
      if (!isReadable) return { ...whole, recorded: await wordsOfFile(paths[0], before.bytes) };
    }
    try {
      return (await firstDifference(RESULT_TABLES[table], recorded.tablePath(table), rerun.tablePath(table))) ?? bytesOnly(whole);
    } catch (error) {
      // A file that was changed may be anything.
      if (!changed.has(table) || error instanceof InvariantError) throw error;
      return { ...whole, recorded: await wordsOfFile(recorded.tablePath(table), before.bytes) };
    }
  }
  throw new InvariantError("the digests of two runs differ, but none of their tables does");
}

/** What a file is of which nothing is read: damaged, or a table of another run. */
async function wordsOfFile(path: string, writtenBytes: number): Promise<string> {
  const entry = await stat(path).catch(() => null);
  if (entry === null || !entry.isFile()) return "a file that is missing";
  const isSameSize = entry.size === writtenBytes;
  return isSameSize
    ? "a file of the size that was written, with other bytes"
    : `a file of ${entry.size} bytes; ${writtenBytes} were written`;
}

/** Rows that agree in a file that does not: something around them was changed. */
function bytesOnly(whole: TableDifference): TableDifference {
  return { ...whole, recorded: `${whole.recorded}, the same ones in other bytes` };
}
