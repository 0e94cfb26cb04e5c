import { mkdir, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TenureError } from "../../engine/index.js";
import { scenarioFromResolved } from "../../scenarios/index.js";
import { processTag, removeLeftOvers } from "../folder/process-tag.js";
import { duckdbFaults, hasStrayDuckdb } from "../results/duckdb-check.js";
import type { TableDifference } from "../results/first-difference.js";
import { checkRunDigest, type OpenRun, openRun } from "../results/open-run.js";
import { DUCKDB_NAME, TABLES_DIR } from "../results/run-files.js";
import { withWriteErrors } from "../results/storage-error.js";
import { toolVersion } from "../versions.js";
import { type ChangedInput, type ChangedTable, changedRules, findChangedInputs, findChangedTables } from "./changed-files.js";
import type { RunProgress } from "./execute.js";
import { dataFolder, movedAway } from "./inputs-of-run.js";
import { recordedRules, unchanged } from "./recorded-rules.js";
import { findDifference } from "./rerun-difference.js";
import { runScenario } from "./run.js";

/** Start of the names of the temporary folders of second runs. */
const TEMPORARY = "tenure-verify-";

/** Whether a run is as it was written, and comes out the same again. */
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
  readonly changedTables: readonly ChangedTable[];
  readonly changedInputs: readonly ChangedInput[];
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

/** Where what a run was made of lies now. */
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

/** What lies where the results lie and is not in the manifest. */
async function findForeignFiles({ dir, manifest }: OpenRun): Promise<string[]> {
  const own = new Set(Object.values(manifest.tables).map(({ file }) => file));
  const names = await readdir(join(dir, TABLES_DIR)).catch(() => []);
  const foreign = names.map((name) => `${TABLES_DIR}/${name}`).filter((file) => !own.has(file));
  if (await hasStrayDuckdb(dir, manifest)) foreign.push(DUCKDB_NAME);
  return foreign.sort();
}
