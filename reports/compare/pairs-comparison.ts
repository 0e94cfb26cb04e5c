import {
  CONFIDENCE,
  type MinerDifference,
  type PairedDifference,
  POWER,
  type Spread,
  type StudiesComparison,
  winnersAndLosers,
} from "../../studies/index.js";
import { type ChangedValue, changedValues } from "./changed-values.js";
import type { DifferenceReport, FigureDifferenceReport, MeanReport } from "./difference-report.js";
import type { PairedStageShift } from "./paired-stage-shifts.js";

import { type StrategyDifferenceReport, strategyDifferences } from "./strategy-differences.js";

/** A miner over all pairs; rao, means as doubles. */
export interface MinerDifferenceReport {
  readonly netuid: number;
  readonly hotkey: string;
  readonly mean_a_rao: number;
  readonly mean_b_rao: number;
  readonly difference_rao: DifferenceReport;
  /** Mean change as a share of the mean pay in a; null: nothing was paid there. */
  readonly change_share: number | null;
}

/** How two scenarios differ over pairs of replicates, in the names of `--json`. */
export interface PairsComparisonReport {
  /** Where the comparison lies; null: it was made of two finished folders, and nothing was written. */
  readonly out: string | null;
  readonly duckdb: string | null;
  readonly a: PairedSide;
  readonly b: PairedSide;
  readonly seed: number;
  /** Numbers of the replicates that are compared. */
  readonly pairs: readonly number[];
  readonly failed_a: readonly number[];
  readonly failed_b: readonly number[];
  /** What draws random numbers; empty: nothing, and one pair says all. */
  readonly random: readonly string[];
  readonly confidence: number;
  readonly power: number;
  readonly changed: readonly ChangedValue[];
  /** Share of the miners' pay that goes to others in b than in a. */
  readonly pay_moved: MeanReport;
  readonly figures: readonly FigureDifferenceReport[];
  /** What the stages of either rule took and gave, mean over the pairs, those first that differ most; none where neither rule is a list. */
  readonly stages: readonly PairedStageShift[];
  /** Groups of miners who decide for themselves, by what they gain. */
  readonly strategies: readonly StrategyDifferenceReport[];
  readonly miners: number;
  readonly winners: readonly MinerDifferenceReport[];
  readonly losers: readonly MinerDifferenceReport[];
}

export interface PairedSide {
  readonly scenario: string;
  /** The folder of its replicates. */
  readonly dir: string;
}

/** What is compared, beside what came of it. */
export type ComparedSides = Pick<PairsComparisonReport, "out" | "duckdb" | "a" | "b">;

/** A comparison by pairs for a reader. `top`: how many winners and losers to list; `stages`: of `pairedStageShifts`. */
export function pairsComparison(
  sides: ComparedSides,
  comparison: StudiesComparison,
  { top, stages }: { readonly top: number; readonly stages: readonly PairedStageShift[] },
): PairsComparisonReport {
  const { pairs, seed, random, rules, failed, moved, figures, miners } = comparison;
  const isRandom = random.length > 0;
  const { winners, losers } = winnersAndLosers(miners, ({ difference }) => difference.mean, top);
  const differences = figures.map(({ name, unit, meaning, a, b, difference }) => ({
    name,
    unit,
    meaning,
    a: meanReport(a),
    b: meanReport(b),
    difference: differenceReport(difference, isRandom),
  }));
  return {
    ...sides,
    seed,
    pairs,
    failed_a: failed.a,
    failed_b: failed.b,
    random,
    confidence: CONFIDENCE,
    power: POWER,
    changed: changedValues(rules),
    pay_moved: meanReport(moved),
    figures: differences,
    stages,
    strategies: strategyDifferences(differences),
    miners: miners.length,
    winners: winners.map((miner) => minerReport(miner, isRandom)),
    losers: losers.map((miner) => minerReport(miner, isRandom)),
  };
}

function meanReport({ mean, interval, standardDeviation, min, max }: Spread): MeanReport {
  return { mean, interval, standard_deviation: standardDeviation, min, max };
}

function differenceReport(difference: PairedDifference, isRandom: boolean): DifferenceReport {
  const { n, verdict } = difference;
  const kind = verdict.kind === "one_pair" && !isRandom ? "exact" : verdict.kind;
  return { ...meanReport(difference), pairs: n, verdict: kind, pairs_needed: "pairs" in verdict ? verdict.pairs : null };
}

function minerReport({ netuid, hotkey, meanARao, meanBRao, difference }: MinerDifference, isRandom: boolean): MinerDifferenceReport {
  return {
    netuid,
    hotkey,
    mean_a_rao: meanARao,
    mean_b_rao: meanBRao,
    difference_rao: differenceReport(difference, isRandom),
    change_share: meanARao === 0 ? null : difference.mean / meanARao,
  };
}
