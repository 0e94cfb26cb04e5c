import type { UnexplainedKind } from "../engine/index.js";
import type { ClosedLoopEntry, HandedOverEntry, IndexSummaryEntry, MetricsEntry, OpenRun } from "../recorders/index.js";
import { type MinerOrigins, minerOrigins } from "./miner-origins.js";
import { isMiner, type MinerLines, readMinerLines } from "./overview.js";
import type { Epochs } from "./reading/epochs.js";
import { type PositionRow, wasPaid } from "./reading/positions.js";
import { readTableRows } from "./reading/table-rows.js";
import { type BeforeRule, indexNetuidOf, type MultiplierEffect, multiplierEffect, type RunRules, rulesOf } from "./rules.js";

/** A position with what it was paid beyond what the recording says, in rao. */
export interface Change {
  readonly position: number;
  readonly netuid: number;
  readonly hotkey: string;
  readonly change_rao: bigint;
}

/** How far the multipliers of the miners lie apart. */
export interface MultiplierSpread {
  readonly min: number;
  /** Who has the lowest. */
  readonly min_position: number;
  /** The same, as it can be given to `tenure show --hotkey`; null where the hotkey has other positions. */
  readonly min_hotkey: string | null;
  readonly median: number;
  readonly max: number;
}

/** What became of the pay of recorded subnets. */
export interface RecordedPay {
  readonly multiplier_effect: MultiplierEffect;
  /** What `gini_before` and `pot_moved` of the figures are measured from. */
  readonly before_rule: BeforeRule;
  /** Over the miners that were ever paid, at the last epoch; null where holdings were not recorded. */
  readonly multiplier: MultiplierSpread | null;
  /** Largest first; empty where pay is as recorded. */
  readonly gained: readonly Change[];
  readonly lost: readonly Change[];
}

export interface RunPeriod {
  readonly start_ms: number;
  readonly end_ms: number;
}

/** What a run amounts to, for its end on the terminal and for `--json`. Sums are decimal strings where they may pass 2^53. */
export interface RunSummary extends RecordedPay {
  readonly out: string;
  readonly scenario: string;
  readonly seed: number;
  readonly replicate: number;
  readonly digest: string;
  /** Null when the run stopped after Arrow. */
  readonly duckdb: string | null;
  /** The first and the last row that was read, or what was due by itself. */
  readonly first_ms: number | null;
  readonly last_ms: number | null;
  /** From the start of the run, as its epochs have it, to the last that happened; null: nothing did. */
  readonly period: RunPeriod | null;
  readonly events: number;
  readonly epochs: number;
  readonly positions: number;
  readonly miners: number;
  /** Null: all miners were recorded, or all are synthetic. */
  readonly miner_origins: MinerOrigins | null;
  readonly emission_rao: string;
  readonly remaining_rao: string;
  /** Stake that left without an event that says why, in all. */
  readonly unexplained_rao: string;
  /** How many positions it left; null where the run did not record the table `unexplained`. */
  readonly unexplained_positions: number | null;
  /** What a list of stages sent elsewhere than to miners; null where the rule is no list. */
  readonly residual_rao: Readonly<Record<string, string>> | null;
  /** What of pots the pseudo-miner `outside` was given, and what nobody could be given. */
  readonly outside_rao: string;
  readonly unallocated_rao: string;
  /** The tables it recorded. */
  readonly tables: readonly string[];
  /** What `gained` and `lost` are against: pay as the recording has it, with whatever rule it was made under. */
  readonly change_against: "recording";
  readonly rejections: Readonly<Record<string, number>>;
  /**
   * How far the rule moves pay, or would: share of the pots moved, Gini before and after, epochs, and which questions the data
   * cannot decide. Null: no epoch had a pot, or the run was made by a version that measured none of it.
   */
  readonly metrics: MetricsEntry | null;
  /** Null: the scenario has no index subnet. */
  readonly index: IndexSummaryEntry | null;
  /** Null: the scenario has no miners who decide for themselves. */
  readonly closed_loop: ClosedLoopEntry | null;
  /** Null: no recorded position is handed to a strategy. */
  readonly handed_over: HandedOverEntry | null;
  /** The recorded subnets beside an index subnet; null: there is no index subnet, or nothing beside it. */
  readonly beside_index: RecordedPay | null;
  /** What the run takes for granted, where nothing says that it is wrong. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly elapsed_ms: number | null;
}

const SHOWN = 3;

const SHORT = 10;

/** The beginning of a hotkey where it fits one position; short names stay whole. Null where the whole hotkey fits several. */
function shortKey(hotkey: string, positions: Iterable<PositionRow>): string | null {
  const beginning = hotkey.slice(0, SHORT);
  let same = 0;
  let alike = 0;
  for (const position of positions) {
    if (position.hotkey === hotkey) same += 1;
    if (position.hotkey.startsWith(beginning)) alike += 1;
  }
  if (same > 1) return null;
  return hotkey.length > 4 * SHORT && alike === 1 ? beginning : hotkey;
}

function spread({ lines, positions }: Pick<MinerLines, "lines" | "positions">): MultiplierSpread | null {
  const measured = lines
    .flatMap(({ position, multiplier }) => (multiplier === null || !wasPaid(position) ? [] : [{ position, multiplier }]))
    .sort((a, b) => a.multiplier - b.multiplier);
  if (measured.length === 0) return null;
  const at = (index: number) => measured[index].multiplier;
  const middle = measured.length >> 1;
  const [{ position: lowest }] = measured;
  return {
    min: at(0),
    min_position: lowest.position,
    min_hotkey: shortKey(lowest.hotkey, positions.values()),
    median: measured.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2,
    max: at(measured.length - 1),
  };
}

/** Over the whole run, whatever epochs were recorded; largest gain first. */
function changes(positions: Iterable<PositionRow>): readonly Change[] {
  return [...positions]
    .map(({ position, netuid, hotkey, at_end: { paid_rao, recorded_rao } }) => ({
      position,
      netuid,
      hotkey,
      change_rao: paid_rao - recorded_rao,
    }))
    .filter(({ change_rao }) => change_rao !== 0n)
    .sort((a, b) => (a.change_rao === b.change_rao ? a.position - b.position : a.change_rao > b.change_rao ? -1 : 1));
}

/** A recording does not tell under which rule it was paid: one that is not stated is taken to be none. */
function assumptions({ manifest: { inputs } }: OpenRun, { emission, beforeRule, vesting }: RunRules): readonly string[] {
  if (emission.mode !== "redistribute" || vesting.mode === "off" || beforeRule !== "recorded") return [];
  const paid = inputs.some(({ source, kind }) => source === "recorded" && (kind === "emission" || kind === "balances"));
  return paid ? ["assumes that the recording was paid without a multiplier; if not, name its rule: emission.recorded_rule"] : [];
}

/** Pay as the rules of some subnets have it. */
function recordedPay(rules: RunRules, miners: Pick<MinerLines, "lines" | "positions">): RecordedPay {
  const changed = changes(miners.positions.values());
  return {
    multiplier_effect: multiplierEffect(rules),
    before_rule: rules.beforeRule,
    multiplier: spread(miners),
    gained: changed.filter(({ change_rao }) => change_rao > 0n).slice(0, SHOWN),
    lost: changed
      .filter(({ change_rao }) => change_rao < 0n)
      .reverse()
      .slice(0, SHOWN),
  };
}

/** Of the subnets beside the index subnet. */
function payBeside(run: OpenRun, { lines, positions }: MinerLines): RecordedPay | null {
  const netuid = indexNetuidOf(run);
  const beside = new Map([...positions].filter(([, position]) => position.netuid !== netuid));
  if (netuid === null || beside.size === 0) return null;
  return recordedPay(rulesOf(run, "recorded"), { lines: lines.filter(({ position }) => position.netuid !== netuid), positions: beside });
}

async function unexplainedPositions(run: OpenRun): Promise<number | null> {
  if (run.manifest.summary.unexplained_rao === "0") return 0;
  if (!run.tables.includes("unexplained")) return null;
  const rows = await readTableRows<{ readonly position: number; readonly kind: UnexplainedKind }>(run, "unexplained");
  return new Set(rows.flatMap(({ kind, position }) => (kind === "unexplained" ? [position] : []))).size;
}

/** Epochs begin with the run, however late its first row is, and where it reads none. */
function periodOf({ first_ms: first, last_ms: last }: OpenRun["manifest"]["summary"], epochs: Epochs): RunPeriod | null {
  const all = epochs.netuids.map((netuid) => epochs.of(netuid));
  const starts = [first, ...all.map((rows) => rows.at(0)?.start_ms)].filter(isKnown);
  const ends = [last, ...all.map((rows) => rows.at(-1)?.end_ms)].filter(isKnown);
  return starts.length === 0 || ends.length === 0 ? null : { start_ms: Math.min(...starts), end_ms: Math.max(...ends) };
}

function isKnown(time: number | null | undefined): time is number {
  return time !== null && time !== undefined;
}

/** Reads the summary of a finished run. */
export async function runSummary(run: OpenRun): Promise<RunSummary> {
  const { manifest } = run;
  const { summary } = manifest;
  const rules = rulesOf(run);
  const miners = await readMinerLines(run, rules);
  const beside = payBeside(run, miners);
  return {
    out: run.dir,
    scenario: manifest.scenario.name,
    seed: manifest.seed,
    replicate: manifest.replicate,
    digest: manifest.digest,
    duckdb: run.duckdbPath,
    first_ms: summary.first_ms,
    last_ms: summary.last_ms,
    period: periodOf(summary, miners.epochs),
    events: Object.values(summary.events).reduce((sum, rows) => sum + rows, 0),
    epochs: summary.epochs,
    positions: summary.positions,
    miners: miners.lines.filter(isMiner).length,
    miner_origins: minerOrigins(run, miners),
    emission_rao: summary.emission_rao,
    remaining_rao: summary.remaining_rao,
    unexplained_rao: summary.unexplained_rao,
    unexplained_positions: await unexplainedPositions(run),
    residual_rao: summary.residual_rao ?? null,
    outside_rao: summary.outside_rao,
    unallocated_rao: summary.unallocated_rao,
    tables: run.tables,
    ...recordedPay(rules, miners),
    change_against: "recording",
    rejections: summary.rejections,
    metrics: summary.metrics ?? null,
    index: summary.index,
    closed_loop: summary.closed_loop,
    handed_over: summary.handed_over ?? null,
    beside_index: beside,
    notes: assumptions(run, beside === null ? rules : rulesOf(run, "recorded")),
    warnings: summary.warnings,
    elapsed_ms: manifest.timing.total ?? null,
  };
}
