import { stat } from "node:fs/promises";
import { join } from "node:path";
import { BLOCK_MS } from "../../engine/index.js";
import { DUCKDB_NAME, loadReplicates, openInputs, type TableFile, toolVersion, withWriteErrors } from "../../recorders/index.js";
import type { Scenario } from "../../scenarios/index.js";
import type { OpenStudy } from "../folder/open-study.js";
import { recordingOnly } from "../recording-only.js";
import { runStudy } from "../replicates/run-study.js";
import type { StudyOptions, StudyProgress } from "../replicates/study-options.js";
import { compareStudies, type StudiesComparison } from "./compare-studies.js";
import { ComparisonDirectory } from "./comparison-directory.js";
import { COMPARISON_HEAD } from "./comparison-manifest.js";
import { FIGURES_FILE, MINERS_FILE, PairFiles } from "./pair-files.js";
import { FIGURE_PAIRS_TABLE, MINER_PAIRS_TABLE } from "./pair-tables.js";
import { type ResolvedData, scenarioDifferences } from "./pairing.js";
import { refuseUnpaired } from "./unpaired.js";

/** Which replicates are compared, and into which folder. */
export interface CompareScenariosOptions extends Pick<StudyOptions, "replicates" | "jobs" | "data" | "force" | "duckdb" | "signal"> {
  /** The folder of the comparison; made when it is not there. */
  readonly out: string;
  readonly onProgress?: ((progress: StudyProgress & { readonly side: "a" | "b" }) => void) | undefined;
}

/** A comparison and where it lies. */
export interface ComparedScenarios {
  /** Absolute. */
  readonly dir: string;
  /** Absolute path of its DuckDB file; null: it was not asked for. */
  readonly duckdbPath: string | null;
  readonly comparison: StudiesComparison;
}

/** Epochs of a run of which it is kept what stages did: so many tell their mean. */
const STAGE_SAMPLES = 32;
/** Every so many epochs, where the end of a run is not known before it. */
const STAGE_EPOCHS = 100;

/** Every how many epochs a run keeps what its stages did; the last one always. Null: it has no list. */
function stageEpochsOf({ configuration: { stages, startMs, endMs, subnets } }: Scenario): number | null {
  if (stages === null) return null;
  if (startMs === null || endMs === null || subnets.length === 0) return STAGE_EPOCHS;
  const tempoMs = Math.min(...subnets.map(({ tempoBlocks }) => tempoBlocks)) * BLOCK_MS;
  return Math.max(1, Math.ceil((endMs - startMs) / tempoMs / STAGE_SAMPLES));
}

/**
 * Runs the same replicates of two scenarios and compares them pair by pair. What an earlier start finished is taken as it is.
 * @throws TenureError `TEN-COMPARE-001` they cannot be paired, told before anything is run; `-002`, `-003`, `-006`, `-007` of the folder;
 *   those of `runStudy`
 */
export async function compareScenarios(a: Scenario, b: Scenario, options: CompareScenariosOptions): Promise<ComparedScenarios> {
  const { out, force, data, signal } = options;
  const resolvedOf = ({ resolved }: Scenario) => ({ ...resolved, replicate: 0 }) as unknown as ResolvedData;
  refuseUnpaired(scenarioDifferences(resolvedOf(a), resolvedOf(b)).streams);
  // What is wrong with b is told before a is run.
  await openInputs(b, { data, verify: false, signal });
  const directory = await ComparisonDirectory.open(out, { a: a.configuration.name, b: b.configuration.name, force });
  try {
    const study = (side: "a" | "b", scenario: Scenario) => {
      const { replicates, jobs, onProgress } = options;
      const tell = (progress: StudyProgress) => onProgress?.({ side, ...progress });
      const where = { out: directory.sidePath(side), duckdb: false, onProgress: tell };
      const stageEpochs = stageEpochsOf(scenario);
      const tables = ["holdings", ...(stageEpochs === null ? [] : ["stage_weights"])];
      return runStudy(recordingOnly(scenario, tables, stageEpochs), { ...where, replicates, jobs, data, force, signal });
    };
    const [studyA, studyB] = [await study("a", a), await study("b", b)];
    await directory.makePartial();
    const files = await PairFiles.create(directory.partialPath);
    let comparison: StudiesComparison;
    let written: Awaited<ReturnType<PairFiles["close"]>>;
    try {
      comparison = await compareStudies(studyA, studyB, { signal, onPair: (pair) => files.write(pair) });
      written = await files.close();
    } catch (error) {
      await files.abandon();
      throw error;
    }
    const duckdb = options.duckdb === false ? null : await loadDuckdb(directory, signal);
    await directory.finish({
      ...COMPARISON_HEAD,
      tool: { name: "tenure", version: toolVersion() },
      a: sideOf(studyA),
      b: sideOf(studyB),
      seed: comparison.seed,
      pairs: [...comparison.pairs],
      figures: entryOf(FIGURES_FILE, written.figures),
      miners: entryOf(MINERS_FILE, written.miners),
      duckdb,
    });
    const duckdbPath = duckdb === null ? null : join(directory.path, DUCKDB_NAME);
    return { dir: directory.path, duckdbPath, comparison };
  } finally {
    await directory.release();
  }
}

const sideOf = ({ manifest: { scenario, digest } }: OpenStudy) => ({ scenario: scenario.name, digest });
const entryOf = (file: string, { sha256, rows, bytes }: TableFile) => ({ file, sha256, rows, bytes });

async function loadDuckdb(directory: ComparisonDirectory, signal: AbortSignal | undefined): Promise<{ file: string; bytes: number }> {
  const path = join(directory.partialPath, DUCKDB_NAME);
  const tables = [
    { path: join(directory.partialPath, FIGURES_FILE), declaration: FIGURE_PAIRS_TABLE },
    { path: join(directory.partialPath, MINERS_FILE), declaration: MINER_PAIRS_TABLE },
  ];
  await loadReplicates(path, [], [], tables, signal === undefined ? {} : { signal });
  return { file: DUCKDB_NAME, bytes: await withWriteErrors(path, async () => (await stat(path)).size) };
}
