import type { OpenRun } from "../../recorders/index.js";
import {
  compareRuns,
  type FigurePair,
  type MinerShift,
  type PlacedParting,
  type PlacedRow,
  type RunComparison,
  winnersAndLosers,
} from "../../studies/index.js";
import { type ChangedValue, changedValues } from "./changed-values.js";
import { type StageShift, stageShifts } from "./stage-shifts.js";

/** A run that is compared. */
export interface ComparedRun {
  readonly dir: string;
  readonly scenario: string;
  readonly seed: number;
  readonly replicate: number;
  readonly digest: string;
}

/** A row of one of the runs, by column name, with whom and when it is about. */
export interface ComparedRow {
  readonly row: Readonly<Record<string, number | string | boolean>>;
  readonly netuid: number | null;
  readonly who: string | null;
  readonly time_ms: number | null;
}

/** Where a table of two runs parts. */
export interface TablePartingReport {
  readonly table: string;
  /** From 1; null: the same rows in other bytes. */
  readonly row: number | null;
  /** The first column that differs; null: one of the runs ends before this row. */
  readonly column: string | null;
  readonly rows_a: number;
  readonly rows_b: number;
  readonly a: ComparedRow | null;
  readonly b: ComparedRow | null;
}

/** A figure of both runs; null where a run does not have it. */
export interface FigureReport {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  readonly a: number | null;
  readonly b: number | null;
  readonly change: number | null;
}

/** A miner of both runs; null where a run does not have it. */
export interface MinerReportPair {
  readonly netuid: number;
  readonly hotkey: string;
  readonly a_rao: bigint | null;
  readonly b_rao: bigint | null;
  readonly change_rao: bigint;
  /** Share of what it is paid in a; null: nothing. */
  readonly change_share: number | null;
}

export interface SubnetReport {
  readonly netuid: number;
  readonly a_rao: bigint;
  readonly b_rao: bigint;
  readonly moved: number;
}

/** How two finished runs differ, in the names of `--json`. */
export interface RunComparisonReport {
  readonly a: ComparedRun;
  readonly b: ComparedRun;
  /** Both recorded the same tables, with the same bytes. */
  readonly equal: boolean;
  /** The first event at which they part. */
  readonly first_event: (Omit<TablePartingReport, "rows_a" | "rows_b"> & { readonly time_ms: number }) | null;
  /** The first row of the first table that differs, by the order of docs/reference/tables.md; then those of the others. */
  readonly tables: readonly TablePartingReport[];
  readonly same_tables: readonly { readonly table: string; readonly rows: number }[];
  readonly tables_only_in_a: readonly string[];
  readonly tables_only_in_b: readonly string[];
  /** The rules that differ. */
  readonly changed: readonly ChangedValue[];
  /** What else differs: seeds, streams, times. Where anything does, the runs are not like for like. */
  readonly not_alike: readonly ChangedValue[];
  readonly figures: readonly FigureReport[];
  /** What the stages of either rule took and gave, those first that differ most; none where neither rule is a list. */
  readonly stages: readonly StageShift[];
  /** Share of the miners' pay that goes to others in b than in a, over all subnets. */
  readonly pay_moved: number;
  readonly subnets: readonly SubnetReport[];
  readonly miners: number;
  readonly only_in_a: readonly MinerReportPair[];
  readonly only_in_b: readonly MinerReportPair[];
  readonly winners: readonly MinerReportPair[];
  readonly losers: readonly MinerReportPair[];
}

/** Compares two finished runs for a reader. `top`: how many winners and losers to list. */
export async function runComparison(
  a: OpenRun,
  b: OpenRun,
  { top, signal }: { readonly top: number; readonly signal?: AbortSignal },
): Promise<RunComparisonReport> {
  const comparison = await compareRuns(a, b, signal === undefined ? {} : { signal });
  return { a: comparedRun(a), b: comparedRun(b), ...reportOf(comparison, a, top), stages: await stageShifts(a, b) };
}

function reportOf(comparison: RunComparison, a: OpenRun, top: number): Omit<RunComparisonReport, "a" | "b" | "stages"> {
  const { equal, firstEvent, parted, only, scenario, figures, pay } = comparison;
  const { winners, losers } = winnersAndLosers(pay.miners, ({ changeRao }) => changeRao, top);
  const differing = new Set<string>([...parted.map(({ table }) => table), ...only.a]);
  return {
    equal,
    first_event: firstEvent === null ? null : { ...partingReport(firstEvent), time_ms: firstEvent.timeMs },
    tables: parted.map((parting) => ({ ...partingReport(parting), rows_a: parting.rows[0], rows_b: parting.rows[1] })),
    same_tables: a.tables.filter((table) => !differing.has(table)).map((table) => ({ table, rows: a.manifest.tables[table]?.rows ?? 0 })),
    tables_only_in_a: only.a,
    tables_only_in_b: only.b,
    changed: changedValues(scenario.rules),
    not_alike: changedValues(scenario.streams),
    figures: figures.map(figureReport),
    pay_moved: pay.moved,
    subnets: pay.subnets.map(({ netuid, aRao, bRao, moved }) => ({ netuid, a_rao: aRao, b_rao: bRao, moved })),
    miners: pay.miners.filter(({ aRao, bRao }) => aRao !== null && bRao !== null).length,
    only_in_a: pay.miners.filter(({ bRao }) => bRao === null).map(minerReport),
    only_in_b: pay.miners.filter(({ aRao }) => aRao === null).map(minerReport),
    winners: winners.map(minerReport),
    losers: losers.map(minerReport),
  };
}

function comparedRun({ dir, manifest: { scenario, seed, replicate, digest } }: OpenRun): ComparedRun {
  return { dir, scenario: scenario.name, seed, replicate, digest };
}

const rowReport = (row: PlacedRow | null): ComparedRow | null =>
  row === null ? null : { row: row.values, netuid: row.netuid, who: row.who, time_ms: row.timeMs };

function partingReport({ table, row, column, a, b }: PlacedParting) {
  return { table, row, column, a: rowReport(a), b: rowReport(b) };
}

function figureReport({ name, unit, meaning, a, b }: FigurePair): FigureReport {
  return { name, unit, meaning, a, b, change: a === null || b === null ? null : b - a };
}

function minerReport({ netuid, hotkey, aRao, bRao, changeRao }: MinerShift): MinerReportPair {
  const share = aRao === null || aRao === 0n ? null : Number(changeRao) / Number(aRao);
  return { netuid, hotkey, a_rao: aRao, b_rao: bRao, change_rao: changeRao, change_share: share };
}
