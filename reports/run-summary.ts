import type { IndexSummaryEntry, OpenRun } from "../recorders/index.js";
import { isMiner, type MinerLine, readMinerLines } from "./overview.js";

/** A position with what it was paid beyond what the recording says, in rao. */
export interface Change {
  readonly position: number;
  readonly hotkey: string;
  readonly change_rao: bigint;
}

/** How far the multipliers of the miners lie apart. */
export interface MultiplierSpread {
  readonly min: number;
  /** Who has the lowest, as it can be given to `tenure show --hotkey`. */
  readonly min_hotkey: string;
  readonly median: number;
  readonly max: number;
}

/** What a run amounts to, for its end on the terminal and for `--json`. Sums are decimal strings where they may pass 2^53. */
export interface RunSummary {
  readonly out: string;
  readonly scenario: string;
  readonly seed: number;
  readonly replicate: number;
  readonly digest: string;
  /** Null when the run stopped after Arrow. */
  readonly duckdb: string | null;
  readonly first_ms: number | null;
  readonly last_ms: number | null;
  readonly events: number;
  readonly epochs: number;
  readonly positions: number;
  readonly miners: number;
  readonly emission_rao: string;
  readonly remaining_rao: string;
  /** Over the miners at the last epoch; null where holdings were not recorded. */
  readonly multiplier: MultiplierSpread | null;
  /** Largest first; empty where pay is as recorded, null where rewards were not recorded. */
  readonly gained: readonly Change[] | null;
  readonly lost: readonly Change[] | null;
  readonly rejections: Readonly<Record<string, number>>;
  /** Null: the scenario has no index subnet. */
  readonly index: IndexSummaryEntry | null;
  readonly warnings: readonly string[];
  readonly elapsed_ms: number | null;
}

const SHOWN = 3;

const SHORT = 10;

/** The beginning of an address where no other begins alike; short names stay whole. */
function shortKey(hotkey: string, lines: readonly MinerLine[]): string {
  const beginning = hotkey.slice(0, SHORT);
  const alone = lines.every(({ position }) => position.hotkey === hotkey || !position.hotkey.startsWith(beginning));
  return hotkey.length > 4 * SHORT && alone ? beginning : hotkey;
}

function spread(lines: readonly MinerLine[]): MultiplierSpread | null {
  const measured = lines
    .flatMap(({ holding, position: { hotkey } }) => (holding === null ? [] : [{ hotkey, multiplier: holding.multiplier }]))
    .sort((a, b) => a.multiplier - b.multiplier);
  if (measured.length === 0) return null;
  const at = (index: number) => measured[index].multiplier;
  const middle = measured.length >> 1;
  return {
    min: at(0),
    min_hotkey: shortKey(measured[0].hotkey, lines),
    median: measured.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2,
    max: at(measured.length - 1),
  };
}

function changes(lines: readonly MinerLine[]): readonly Change[] | null {
  if (lines.every(({ pay }) => pay === null)) return null;
  return lines
    .flatMap(({ pay, position: { position, hotkey } }) =>
      pay === null ? [] : [{ position, hotkey, change_rao: pay.paid_rao - pay.recorded_rao }],
    )
    .filter(({ change_rao }) => change_rao !== 0n)
    .sort((a, b) => (a.change_rao === b.change_rao ? a.position - b.position : a.change_rao > b.change_rao ? -1 : 1));
}

/** Reads the summary of a finished run. */
export async function runSummary(run: OpenRun): Promise<RunSummary> {
  const { manifest } = run;
  const { summary } = manifest;
  const { lines } = await readMinerLines(run);
  const changed = changes(lines);
  return {
    out: run.dir,
    scenario: manifest.scenario.name,
    seed: manifest.seed,
    replicate: manifest.replicate,
    digest: manifest.digest,
    duckdb: run.duckdbPath,
    first_ms: summary.first_ms,
    last_ms: summary.last_ms,
    events: Object.values(summary.events).reduce((sum, rows) => sum + rows, 0),
    epochs: summary.epochs,
    positions: summary.positions,
    miners: lines.filter(isMiner).length,
    emission_rao: summary.emission_rao,
    remaining_rao: summary.remaining_rao,
    multiplier: spread(lines),
    gained: changed === null ? null : changed.filter(({ change_rao }) => change_rao > 0n).slice(0, SHOWN),
    lost:
      changed === null
        ? null
        : changed
            .filter(({ change_rao }) => change_rao < 0n)
            .reverse()
            .slice(0, SHOWN),
    rejections: summary.rejections,
    index: summary.index,
    warnings: summary.warnings,
    elapsed_ms: manifest.timing.total ?? null,
  };
}
