import { mkdir, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EpochTrace, PoolCourse, type ResultTableName, TenureError } from "../../engine/index.js";
import {
  changedRules,
  dataFolder,
  findChangedInputs,
  movedAway,
  type OpenRun,
  openRun,
  processTag,
  type RunProgress,
  recordedRules,
  removeLeftOvers,
  runScenario,
  unchanged,
} from "../../recorders/index.js";
import { parseScenario, type Scenario, scenarioFromResolved } from "../../scenarios/index.js";
import { withTemporaryErrors } from "../temporary-errors.js";
import { restated } from "./restated.js";

/** Start of the names of the temporary folders of second runs. */
const TEMPORARY = "tenure-explain-";
/** Second runs of this process. */
let made = 0;

/** How a run's scenario is run again, for tables that the run lacks or with other values. */
export interface RunAgainOptions {
  /** Where the scenario's recorded streams lie; left out: where the run found them. */
  readonly data?: string | undefined;
  /** Where the scenario's paths of rules start; left out: where the run found them. */
  readonly rules?: string | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is to be recorded, and changed. */
export interface RunAgainAs {
  /** Tables that nobody reads; all others are recorded. */
  readonly without: readonly ResultTableName[];
  /** Epochs by number are recorded every so many; the last one always. */
  readonly everyEpochs: number;
  /** `path=value` texts; none: the scenario as it is. */
  readonly changes: readonly string[];
  /** Terms of an epoch that no table holds are wanted, too; null, or left out: they are not. */
  readonly traced?: { readonly netuid: number; readonly epoch: number } | null;
  /** Of a position of the run: what pools did to it in every epoch is wanted; null, or left out: it is not. */
  readonly followed?: { readonly netuid: number; readonly position: number } | null;
}

/**
 * Runs the scenario of a finished run once more, with all tables but those nobody reads, into a temporary folder that is gone afterwards.
 * @throws TenureError `TEN-REPORT-050` inputs were changed since, `-051` the same scenario gives something else now, `-052` a change
 *   names a file with a rule, `TEN-RUN-002` the data folder must be given; the reason of the signal where it was aborted; ScenarioErrors of a change
 */
export async function withRunAgain<Answer>(
  run: OpenRun,
  as: RunAgainAs,
  options: RunAgainOptions,
  use: (again: OpenRun) => Promise<Answer>,
): Promise<Answer> {
  const { signal, onProgress } = options;
  const data = dataFolder(run, options.data);
  const rules = await recordedRules(run, scenarioFromResolved(run.manifest.scenario.resolved), options.rules);
  await refuseChangedInputs(run, data, options, changedRules(rules));
  const scenario = scenarioAgain(run, as);
  refuseOtherRules(scenario, new Set(rules.map(({ use }) => use.at)), as);
  await removeLeftOvers(tmpdir(), TEMPORARY);
  const temporary = join(tmpdir(), `${TEMPORARY}${processTag()}`);
  made += 1;
  const out = join(temporary, String(made));
  await withTemporaryErrors(() => mkdir(temporary, { mode: 0o700, recursive: true }));
  try {
    const known = unchanged(rules);
    const trace = as.traced == null ? undefined : new EpochTrace(as.traced.netuid, as.traced.epoch);
    // In another world numbers are of other positions.
    const isFollowed = as.followed != null && as.changes.length === 0;
    const pools = isFollowed ? new PoolCourse(as.followed.netuid, as.followed.position) : undefined;
    const observers = { trace, pools };
    await withTemporaryErrors(() => runScenario(scenario, { out, data, rules: known, duckdb: false, onProgress, signal, observers }));
    const made = foundAt(await openRun(out, true), data);
    const again = { ...made, rules: known, ...(trace === undefined ? {} : { trace }), ...(pools === undefined ? {} : { pools }) };
    if (as.changes.length === 0) refuseDifference(run, again);
    return await use(again);
  } catch (error) {
    // Of a folder that is gone, and that nobody asked for, nobody is told.
    signal?.throwIfAborted();
    throw error;
  } finally {
    await rm(out, { recursive: true, force: true });
    // Another may lie beside it.
    await rmdir(temporary).catch(() => undefined);
  }
}

/**
 * What was given to run again is looked at, also where nothing is run again: what lies there is what the run read.
 * @throws TenureError `TEN-REPORT-050`, `TEN-RUN-002`
 */
export async function refuseOtherFolders(run: OpenRun, options: RunAgainOptions): Promise<void> {
  const { data, rules } = options;
  if (data === undefined && rules === undefined) return;
  const scenario = scenarioFromResolved(run.manifest.scenario.resolved);
  const ofRules = rules === undefined ? [] : changedRules(await recordedRules(run, scenario, rules));
  if (data !== undefined || ofRules.length > 0) await refuseChangedInputs(run, data, options, ofRules);
}

/** The same run with its recorded streams where they lie now, which the manifest may not say: a temporary folder is beside nothing. */
export function foundAt(run: OpenRun, data: string | undefined): OpenRun {
  return data === undefined ? run : { ...run, manifest: { ...run.manifest, data: resolve(data) } };
}

function scenarioAgain(run: OpenRun, as: RunAgainAs): Scenario {
  // Which tables it can fill is known once what it is to be is read.
  const { resolved } = scenarioWithAllTables(run, as);
  const tables = resolved.record.tables.filter((table) => !as.without.includes(table));
  return scenarioFromResolved({ ...resolved, record: { ...resolved.record, tables } });
}

function scenarioWithAllTables({ manifest }: OpenRun, { everyEpochs, changes }: RunAgainAs): Scenario {
  const { resolved } = scenarioFromResolved(manifest.scenario.resolved);
  const recorded = { ...resolved, record: { ...resolved.record, tables: "all", every_epochs: everyEpochs, stage_weights: "every" } };
  if (changes.length === 0) return scenarioFromResolved(recorded);
  const as = restated(recorded, changes);
  const overrides = as.changes.map((text, at) => ({ text, given: `--counterfactual ${changes[at]}` }));
  return parseScenario(JSON.stringify(as.scenario), manifest.scenario.name, { overrides });
}

async function refuseChangedInputs(
  run: OpenRun,
  data: string | undefined,
  { signal, data: given }: RunAgainOptions,
  ofRules: readonly { readonly file: string; readonly found: string | null }[],
): Promise<void> {
  const read = run.manifest.inputs.filter(({ source, file }) => source !== "plug_in" && file !== undefined);
  const streams = await findChangedInputs(read, data, signal);
  if (given === undefined && read.length > 0 && streams.filter(({ found }) => found === null).length === read.length) throw movedAway(run);
  const [changed] = [...streams, ...ofRules];
  if (changed === undefined) return;
  throw new TenureError({
    code: "TEN-REPORT-050",
    what: "A file that the run read is gone or was changed since, so that the scenario cannot be run again.",
    place: { file: run.dir },
    found: `${changed.file}: ${changed.found === null ? "no such file" : `SHA-256 ${changed.found}`}`,
    allowed: "the inputs as the run read them",
    hint: "Give the folder with --data (of rules: --rules), or run the scenario anew with `record: { tables: all, stage_weights: every }`.",
  });
}

/** The same code is executed as in the run, and no other. */
function refuseOtherRules({ plugIns }: Scenario, known: ReadonlySet<string>, { changes }: RunAgainAs): void {
  const other = plugIns?.uses.find(({ at }) => !known.has(at));
  if (other === undefined) return;
  throw new TenureError({
    code: "TEN-REPORT-052",
    what: "A counterfactual cannot name a rule of a file that the run was not made with.",
    place: { path: "--counterfactual" },
    found: changes.join(", "),
    allowed: "values, and the rules that come with Tenure",
    hint: "Run the scenario with --set, and compare the two: `tenure compare`.",
  });
}

/** What both runs record in the same way must be the same, or the explanation would be of another run. */
function refuseDifference(run: OpenRun, again: OpenRun): void {
  for (const table of ["epochs", "positions"] as const) {
    if (run.manifest.tables[table]?.sha256 === again.manifest.tables[table]?.sha256) continue;
    throw new TenureError({
      code: "TEN-REPORT-051",
      what: "Running the scenario again gives something else than the run.",
      place: { file: run.dir },
      found: `another table ${table}`,
      allowed: "the same bytes",
      hint: "`tenure verify` names the first row that differs; another version of Tenure may compute something else. Run the scenario anew.",
    });
  }
}
