import { mkdir, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type ResultTableName, TenureError } from "../../engine/index.js";
import {
  type ChangedFile,
  type ChangedInput,
  changedRules,
  checkRunDigest,
  dataFolder,
  faultsOfDuckdb,
  findChangedInputs,
  findChangedTables,
  findDifference,
  hashNow,
  movedAway,
  type OpenRun,
  openInputs,
  openRun,
  processTag,
  REPLICATES_DIR,
  recordedRules,
  removeLeftOvers,
  TABLES_DIR,
  type TableDifference,
  toolVersion,
  unchanged,
  withWriteErrors,
} from "../../recorders/index.js";
import { replicateOf, type Scenario } from "../../scenarios/index.js";
import { FIGURES_TABLE } from "../figures/figures-table.js";
import { type OpenStudy, openStudy } from "../folder/open-study.js";
import type { ReplicateEntry } from "../folder/study-manifest.js";
import { taskIdentity } from "../identity/task-identity.js";
import { runReplicates, type SettledReplicate } from "../pool/replicate-pool.js";
import type { StudyOptions } from "./study-options.js";

/** Start of the names of the temporary folders of second runs. */
const TEMPORARY = "tenure-verify-";

/** A replicate that came out otherwise when it was run again. */
export interface DifferingReplicate {
  readonly replicate: number;
  /** Its digest, or `failed <code>`. */
  readonly recorded: string;
  readonly repeated: string;
  /** Where its tables differ first; null where they cannot be compared. */
  readonly difference: TableDifference | null;
}

/** Whether replicates are as they were written, and come out the same again. */
export interface StudyVerifyReport {
  /** Files and inputs are as they were, and every replicate that was run again came out the same. */
  readonly ok: boolean;
  /** In the manifest. */
  readonly digest: string;
  readonly replicates: number;
  /** How many were run again; 0 where inputs were changed. */
  readonly repeated: number;
  /** Relative to the folder. */
  readonly changedFiles: readonly ChangedFile[];
  readonly changedInputs: readonly ChangedInput[];
  readonly duckdbFaults: readonly string[];
  readonly foreignFiles: readonly string[];
  readonly differing: readonly DifferingReplicate[];
  readonly version: { readonly recorded: string; readonly now: string };
}

export interface VerifyStudyOptions extends Pick<StudyOptions, "jobs" | "onProgress" | "signal"> {
  /** Run only this one again; all when left out. Files are checked of all. */
  readonly replicate?: number | undefined;
  /** As `VerifyOptions`. */
  readonly data?: string | undefined;
  readonly rules?: string | undefined;
}

/**
 * Checks a finished study: all files against their checksums, then its replicates by running them again, on worker threads, into a
 * temporary folder that is removed afterwards.
 * @throws TenureError as `openStudy`; `TEN-STUDY-006` no such replicate; `TEN-RUN-002` the data folder must be given
 */
export async function verifyStudy(studyDir: string, options: VerifyStudyOptions = {}): Promise<StudyVerifyReport> {
  try {
    return await verify(await openStudy(studyDir), options);
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    throw new TenureError({
      code: "TEN-RUN-001",
      what: "The check was interrupted; the replicates are as they were.",
      place: { file: studyDir },
      hint: "The same command checks them again, from the start.",
    });
  }
}

async function verify(study: OpenStudy, options: VerifyStudyOptions): Promise<StudyVerifyReport> {
  const { manifest } = study;
  const { signal } = options;
  const wanted = wantedReplicates(study, options.replicate);
  const data = dataFolder(study, options.data);
  const scenario = replicateOf(
    { resolved: manifest.scenario.resolved as unknown as Scenario["resolved"], file: null },
    manifest.asked.from,
  );
  const rules = await recordedRules(study, scenario, options.rules);
  const recorded = manifest.inputs.filter(({ source }) => source === "recorded");
  const changedStreams = await findChangedInputs(recorded, data, signal);
  if (options.data === undefined && recorded.length > 0 && changedStreams.every(({ found }) => found === null)) {
    if (changedStreams.length === recorded.length) throw movedAway(study);
  }
  const changedInputs = [...changedStreams, ...changedRules(rules)];
  const { files: changedFiles, runs } = await filesOf(study, signal);
  const found = {
    digest: manifest.digest,
    replicates: manifest.replicates.length,
    changedFiles,
    changedInputs,
    duckdbFaults: await faultsOfDuckdb(study.dir, expectedDuckdb(study, runs)),
    foreignFiles: await foreignFiles(study),
    version: { recorded: manifest.tool.version, now: toolVersion() },
  };
  if (changedInputs.length > 0) return { ok: false, repeated: 0, differing: [], ...found };
  const opened = { scenario, data, rules: unchanged(rules) };
  const differing = await rerun(study, opened, wanted, new Set(changedFiles.map(({ file }) => file)), options);
  const ok = differing.length === 0 && changedFiles.length === 0 && found.duckdbFaults.length === 0;
  return { ok, repeated: wanted.length, differing, ...found };
}

function wantedReplicates({ dir, manifest: { replicates } }: OpenStudy, only: number | undefined): readonly ReplicateEntry[] {
  if (only === undefined) return replicates;
  const wanted = replicates.filter(({ replicate }) => replicate === only);
  if (wanted.length > 0) return wanted;
  throw new TenureError({
    code: "TEN-STUDY-006",
    what: "There is no such replicate.",
    place: { file: dir },
    found: only,
    allowed: `${replicates[0]?.replicate ?? "none"} to ${replicates.at(-1)?.replicate ?? "none"}`,
    hint: "Give the number of one that was run.",
  });
}

/** What of the results is not as it was written, and the replicates that can be opened. */
async function filesOf(study: OpenStudy, signal: AbortSignal | undefined) {
  const files: ChangedFile[] = [];
  const runs = new Map<number, OpenRun>();
  for (const replicate of study.finished) {
    const run = await study.openReplicate(replicate);
    checkRunDigest(run);
    runs.set(replicate, run);
    for (const { file, ...changed } of await findChangedTables(run, signal)) {
      files.push({ file: `${REPLICATES_DIR}/${replicate}/${file}`, expected: changed.expected, found: changed.found });
    }
  }
  const { file, sha256 } = study.manifest.figures;
  const found = await hashNow(join(study.dir, file), signal);
  if (found !== sha256) files.push({ file, expected: sha256, found });
  return { files, runs };
}

function expectedDuckdb({ manifest }: OpenStudy, runs: ReadonlyMap<number, OpenRun>) {
  const tables: Record<string, { rows: number }> = { [FIGURES_TABLE.name]: { rows: manifest.figures.rows } };
  for (const run of runs.values()) {
    for (const [table, { rows }] of Object.entries(run.manifest.tables)) {
      tables[table] = { rows: (tables[table]?.rows ?? 0) + rows };
    }
  }
  return { duckdb: manifest.duckdb, digests: [...runs.values()].map((run) => run.manifest.digest), tables };
}

/** What lies among the results and is not in a manifest. */
async function foreignFiles({ dir, finished }: OpenStudy): Promise<string[]> {
  const known = new Set(finished.map(String));
  const names = await readdir(join(dir, REPLICATES_DIR)).catch(() => []);
  const foreign = names.filter((name) => !known.has(name)).map((name) => `${REPLICATES_DIR}/${name}`);
  for (const replicate of finished) {
    const folder = `${REPLICATES_DIR}/${replicate}`;
    const { manifest } = await openRun(join(dir, folder));
    const own = new Set(Object.values(manifest.tables).map(({ file }) => file));
    const tables = await readdir(join(dir, folder, TABLES_DIR)).catch(() => []);
    for (const name of tables) if (!own.has(`${TABLES_DIR}/${name}`)) foreign.push(`${folder}/${TABLES_DIR}/${name}`);
  }
  return foreign.sort();
}

/** `replicates/7/tables/positions.arrow` is of the table positions. */
const tableOf = (file: string): ResultTableName => basename(file, ".arrow") as ResultTableName;

const resultOf = (entry: ReplicateEntry | SettledReplicate): string =>
  entry.status === "finished" ? entry.digest : `failed ${entry.error.code}`;

async function rerun(
  study: OpenStudy,
  { scenario, data, rules }: { readonly scenario: Scenario } & Pick<StudyOptions, "data" | "rules">,
  wanted: readonly ReplicateEntry[],
  changed: ReadonlySet<string>,
  { jobs, onProgress, signal }: VerifyStudyOptions,
): Promise<readonly DifferingReplicate[]> {
  // Their checksums were compared just now.
  const { files, bundles } = await openInputs(scenario, { data, rules, verify: false, signal });
  await removeLeftOvers(tmpdir(), TEMPORARY);
  const temporary = join(tmpdir(), `${TEMPORARY}${processTag()}`);
  await withWriteErrors(tmpdir(), () => mkdir(temporary, { mode: 0o700 }));
  try {
    const entries = new Map(wanted.map((entry) => [entry.replicate, entry]));
    const tasks = wanted.map(({ replicate }) => {
      const into = join(temporary, String(replicate));
      return { replicate, into, out: into, task: taskIdentity(study.manifest.identity, replicate) };
    });
    const differing: DifferingReplicate[] = [];
    let done = 0;
    const tell = () => onProgress?.({ stage: "simulating", done, total: tasks.length, unit: "replicates" });
    tell();
    await runReplicates(
      { resolved: scenario.resolved, file: null, data, audit: undefined, rules, bundles, files },
      tasks,
      async ({ replicate, into }, outcome) => {
        const entry = entries.get(replicate) as ReplicateEntry;
        const [recorded, repeated] = [resultOf(entry), resultOf(outcome)];
        const folder = `${REPLICATES_DIR}/${replicate}/`;
        const changedTables = [...changed].filter((file) => file.startsWith(`${folder}${TABLES_DIR}/`));
        if (recorded !== repeated || changedTables.length > 0) {
          const tables = new Set(changedTables.map(tableOf));
          const isComparable = entry.status === "finished" && outcome.status === "finished";
          const difference = isComparable ? await findDifference(await study.openReplicate(replicate), await openRun(into), tables) : null;
          differing.push({ replicate, recorded, repeated, difference });
        }
        await rm(into, { recursive: true, force: true });
        done += 1;
        tell();
      },
      { jobs, signal },
    );
    return differing.sort((a, b) => a.replicate - b.replicate);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
