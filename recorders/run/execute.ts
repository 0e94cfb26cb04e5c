import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type ResultTableName, type RunObservers, type Simulation, type SimulationSummary, simulate } from "../../engine/index.js";
import { interruptible } from "../plug-ins/interruptible.js";
import { MANIFEST_FORMAT, type RunManifest } from "../results/manifest.js";
import { ResultWriter, type WrittenTables } from "../results/result-writer.js";
import { RunDirectory } from "../results/run-directory.js";
import { DUCKDB_NAME, TABLES_DIR } from "../results/run-files.js";
import { toSummaryEntry } from "../results/summary-entry.js";
import { nodeEd25519 } from "../signatures/node-ed25519.js";
import { libraryVersions, toolVersion } from "../versions.js";
import { drive } from "./drive.js";
import { closeSources, type PreparedRun, recordedTables } from "./prepared-run.js";
import { relativeData, ruleInput } from "./seen-from-run.js";

/** How far a run is. */
export interface RunProgress {
  /** `checking`: recorded files are compared with their checksums; `loading`: results go into DuckDB. */
  readonly stage: "checking" | "simulating" | "loading";
  readonly done: number;
  /** An estimate while simulating; null when it is not known. */
  readonly total: number | null;
  readonly unit: "bytes" | "events" | "rows";
}

export interface ExecuteOptions {
  /** The run folder; made when it is not there. */
  readonly out: string;
  /** Also replace a finished run of another scenario; false when left out. */
  readonly force?: boolean | undefined;
  /** Where recorded streams lie; noted in the manifest when it and the run folder both lie below the working folder or share a parent. */
  readonly data?: string | undefined;
  /** Also load the results into `results.duckdb`; true when left out. */
  readonly duckdb?: boolean | undefined;
  /** What is wanted beside its tables. */
  readonly observers?: RunObservers | undefined;
  /** What the run is a part of: SHA-256 of all that decides its result. */
  readonly task?: string | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A finished run and its folder. */
export interface RunResult {
  /** Absolute. */
  readonly dir: string;
  readonly manifest: RunManifest;
}

/**
 * Simulates a prepared run into a run folder: tables, DuckDB file, manifest. See `RunDirectory` for what the folder looks
 * like meanwhile and after a failure. When `signal` stops it the folder is left marked incomplete;
 * any other failure leaves nothing behind.
 */
export async function executeRun(prepared: PreparedRun, preparedMs: number, options: ExecuteOptions): Promise<RunResult> {
  const directory = await RunDirectory.open(options.out, { scenario: prepared.name, force: options.force });
  try {
    const manifest = await writeRun(prepared, preparedMs, directory.partialPath, options);
    await directory.finish(manifest);
    return { dir: directory.path, manifest };
  } catch (error) {
    // What went wrong first is what to tell, also when tidying up fails on the same disk.
    const tidied = options.signal?.aborted === true ? directory.interrupt("interrupted") : directory.discard();
    await tidied.catch(() => undefined);
    throw error;
  }
}

/**
 * Simulates a prepared run into a folder: tables and DuckDB file.
 * @param folder where they are written first; the manifest names things as seen from `options.out`
 * @returns the manifest, which is yet to be written
 */
export async function writeRun(prepared: PreparedRun, preparedMs: number, folder: string, options: ExecuteOptions): Promise<RunManifest> {
  const tablesDir = join(folder, TABLES_DIR);
  const startedMs = performance.now();
  const { summary, written } = await writeTables(prepared, tablesDir, options);
  const simulatedMs = performance.now();
  const { seed, replicate } = prepared.configuration;
  const version = toolVersion();
  let duckdb: RunManifest["duckdb"] = null;
  if (options.duckdb !== false) {
    // Only here, so that a run without DuckDB does not load its library.
    const { writeDuckdb } = await import("../results/duckdb-results.js");
    const path = join(folder, DUCKDB_NAME);
    const total = Object.values(written.tables).reduce((rows, table) => rows + table.rows, 0);
    await writeDuckdb(
      path,
      tablesDir,
      Object.keys(written.tables) as ResultTableName[],
      { name: prepared.name, seed, replicate, digest: written.digest, version },
      {
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        onProgress: ({ rows }) => options.onProgress?.({ stage: "loading", done: rows, total, unit: "rows" }),
      },
    );
    duckdb = { file: DUCKDB_NAME, bytes: (await stat(path)).size };
  }
  const endedMs = performance.now();
  return {
    format: MANIFEST_FORMAT,
    status: "complete",
    tool: { name: "tenure", version },
    digest: written.digest,
    scenario: { name: prepared.name, resolved: prepared.resolved },
    seed,
    replicate,
    ...(options.task === undefined ? {} : { task: options.task }),
    data: options.data === undefined ? null : relativeData(options.out, options.data),
    inputs: [...prepared.inputs, ...prepared.rules.map((rule) => ruleInput(rule, options.out))],
    tables: Object.fromEntries(
      Object.entries(written.tables).map(([name, { sha256, rows, bytes }]) => [
        name,
        { file: `${TABLES_DIR}/${name}.arrow`, sha256, rows, bytes },
      ]),
    ),
    duckdb,
    counts: {
      events: Object.values(summary.events).reduce((sum, rows) => sum + rows, 0),
      positions: summary.positions,
      epochs: summary.epochs,
      tranches: summary.tranches,
      exits: summary.exits,
    },
    rejections: { ...summary.rejections },
    summary: toSummaryEntry(summary),
    node: process.versions.node,
    libraries: libraryVersions(),
    timing: {
      prepare: Math.round(preparedMs),
      simulate: Math.round(simulatedMs - startedMs),
      duckdb: Math.round(endedMs - simulatedMs),
      total: Math.round(preparedMs + endedMs - startedMs),
    },
  };
}

async function writeTables(
  prepared: PreparedRun,
  dir: string,
  options: ExecuteOptions,
): Promise<{ summary: SimulationSummary; written: WrittenTables }> {
  const writer = await ResultWriter.create(dir, recordedTables(prepared.configuration));
  try {
    const summary = await simulatePrepared(prepared, writer, options, options.observers);
    return { summary, written: await writer.close() };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** Drives the engine over a prepared run; its batches go to `sink`. */
export async function simulatePrepared(
  prepared: PreparedRun,
  sink: Parameters<typeof drive>[2],
  options: Pick<ExecuteOptions, "onProgress" | "signal">,
  observers: RunObservers = {},
): Promise<SimulationSummary> {
  const { configuration, streams, sources, addresses } = prepared;
  const { startMs, endMs } = configuration;
  const lastMs = endMs ?? prepared.lastMs;
  // Told at once: the first events may take a while, and what came before is over.
  options.onProgress?.({ stage: "simulating", done: 0, total: null, unit: "events" });
  try {
    const simulation = simulate(configuration, streams, addresses, nodeEd25519, observers);
    const driven = prepared.rules.length === 0 ? simulation : stoppable(simulation);
    const summary = await drive(driven, sources, sink, {
      signal: options.signal,
      onProgress: ({ timeMs, events }) => {
        const share = lastMs === null || lastMs <= startMs ? 0 : (timeMs - startMs) / (lastMs - startMs);
        const total = share > 0 && share <= 1 ? Math.round(events / share) : null;
        options.onProgress?.({ stage: "simulating", done: events, total, unit: "events" });
      },
    });
    return { ...summary, warnings: [...prepared.outsideWindow, ...summary.warnings, ...prepared.warnings()] };
  } finally {
    await closeSources(prepared);
  }
}

/** A simulation that Ctrl-C ends also where a rule of a file computes without end. */
function stoppable(simulation: Simulation): Pick<Simulation, "next"> {
  return { next: (...answer) => interruptible(() => simulation.next(...answer)) };
}
