import { join } from "node:path";
import { type ResultTableName, TenureError } from "../../../engine/index.js";
import { type ScenarioConfiguration, scenarioFromResolved } from "../../../scenarios/index.js";
import type { TableEntry } from "../../results/manifest.js";
import { checkRunDigest, type OpenRun, openRun } from "../../results/open-run.js";
import { MANIFEST_NAME } from "../../results/result-manifest.js";
import type { ImportOptions } from "../import-report.js";
import type { InputRecord } from "../input-files.js";
import { rejectionsAreOfRun } from "./ledger-terms.js";

/** Without any of these it cannot be said what miners did. */
const NEEDED: readonly ResultTableName[] = ["positions", "epochs", "rewards", "flows", "exits", "registrations"];

/** A run that can be told as a recording: it recorded enough, and its tables are as they were written. */
export interface ImportableRun {
  readonly run: OpenRun;
  readonly configuration: ScenarioConfiguration;
  /** Were its hotkeys seated by a stream? Otherwise whoever was paid was. */
  readonly seatsAreRecorded: boolean;
  /** Do rejections tell what was asked for in vain, of that which is told? */
  readonly hasRejections: boolean;
  /** The tables that are read, as inputs of the recording. */
  readonly inputs: readonly InputRecord[];
}

/**
 * Opens a run to be imported.
 * @throws TenureError `TEN-RESULT-003` to `-006`, `-013`; `TEN-IMPORT-050` a table is missing, `-051` not every epoch was written,
 *   `-052` the run did what no stream can say
 */
export async function openImportableRun(runDir: string, options: Omit<ImportOptions, "out">): Promise<ImportableRun> {
  const run = await openRun(runDir);
  checkRunDigest(run);
  const { configuration } = scenarioFromResolved(run.manifest.scenario.resolved);
  const manifestPath = join(run.dir, MANIFEST_NAME);
  const hasRejections = needsRejections(run.manifest, configuration);
  const isShared = configuration.emission.mode === "redistribute";
  const needed: readonly ResultTableName[] = [
    ...NEEDED,
    ...(hasRejections ? (["rejections"] as const) : []),
    ...(isShared ? (["tranches"] as const) : []),
  ];
  refuseMissingTables(run, needed, manifestPath);
  refuseSkippedEpochs(configuration, manifestPath);
  refuseUnsayable(run, configuration, manifestPath);
  const read = run.tables.filter((table) => needed.includes(table) || table === "prices");
  return {
    run,
    configuration,
    hasRejections,
    seatsAreRecorded: run.manifest.inputs.some(({ kind }) => kind === "registry" || kind === "metagraph"),
    inputs: await checkTables(run, read, options),
  };
}

/**
 * Where events asked for more than was held, what they asked for is told, and what then came from outside with what was held.
 * Rejections of recorded twins tell of other amounts than the run's, but also that something came from outside.
 */
function needsRejections({ rejections, summary }: OpenRun["manifest"], { emission }: ScenarioConfiguration): boolean {
  const isShort = Object.values(rejections).some((count) => count > 0);
  return isShort && (rejectionsAreOfRun(emission) || summary.from_outside_rao !== "0");
}

function refuseMissingTables({ tables }: OpenRun, needed: readonly ResultTableName[], file: string): void {
  const missing = needed.filter((table) => !tables.includes(table));
  if (missing.length === 0) return;
  throw new TenureError({
    code: "TEN-IMPORT-050",
    what: `The run did not record what its miners did: ${missing.length === 1 ? "a table is" : "tables are"} missing.`,
    place: { file, path: "tables" },
    found: `no ${missing.join(", ")}`,
    allowed: `all of ${needed.join(", ")}`,
    hint: "Run the scenario again with --set record.tables=all",
  });
}

function refuseSkippedEpochs({ record }: ScenarioConfiguration, file: string): void {
  if (record.everyEpochs === 1) return;
  throw new TenureError({
    code: "TEN-IMPORT-051",
    what: "The run did not write the rewards of every epoch.",
    place: { file, path: "scenario.resolved.record.every_epochs" },
    found: record.everyEpochs,
    allowed: "1",
    hint: "Run the scenario again with --set record.every_epochs=1",
  });
}

/** What changes a position otherwise than stake events and emission do. */
function refuseUnsayable({ manifest }: OpenRun, { schedules, snapshots }: ScenarioConfiguration, file: string): void {
  const refuse = (path: string, why: string, found: string, allowed: string): never => {
    throw new TenureError({
      code: "TEN-IMPORT-052",
      what: `No stream can say what the run did: ${why}.`,
      place: { file, path: `scenario.resolved.${path}` },
      found,
      allowed,
      hint: "Run the scenario again without it, and import that run.",
    });
  };
  if (schedules !== null)
    refuse("schedules", "pay in instalments is of epochs that ended before it comes", "schedules", "a run without schedules");
  const balances = manifest.inputs.some(({ kind }) => kind === "balances" || kind === "metagraph");
  if (balances && snapshots !== "auto") {
    refuse("snapshots", "snapshots that set balances are no stake events", snapshots, "snapshots: auto");
  }
}

/** Compares the tables with their SHA-256: what is made of them will be trusted like a recording. */
async function checkTables(run: OpenRun, tables: readonly ResultTableName[], options: Omit<ImportOptions, "out">): Promise<InputRecord[]> {
  const entries = tables.map((table) => run.manifest.tables[table] as TableEntry);
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const inputs: InputRecord[] = [];
  for (const [index, { file, sha256, bytes }] of entries.entries()) {
    await run.checkTable(tables[index], (read) => {
      options.signal?.throwIfAborted();
      done += read;
      options.onProgress?.(done, total, file);
    });
    inputs.push({ path: file, bytes, sha256 });
  }
  return inputs;
}
