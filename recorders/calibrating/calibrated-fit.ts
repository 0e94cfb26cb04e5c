import { gini, type LoopFigures } from "../../engine/index.js";
import { type CalibratedWorld, paidInAll, parseScenario } from "../../scenarios/index.js";
import { runToSummary } from "../run/run.js";
import type { CalibrateOptions } from "./calibrate-options.js";
import type { CalibratedRecording } from "./calibrate-recording.js";

/** Figures of a subnet that is recorded, or of a run of its calibrated scenario. */
export interface FitFigures {
  /** What miners were paid in all, rao. */
  readonly paidRao: string;
  readonly payGini: number;
  /** Alpha sold over alpha paid. */
  readonly soldShare: number;
  /** Alpha that miners hold at the end, rao. */
  readonly heldEndRao: string;
  /** TAO an alpha; 0: there is none. */
  readonly priceEndTao: number;
}

/** A run of a calibrated scenario against what was recorded. */
export interface RunFit extends FitFigures {
  /** Largest difference between the shares of all pay of one miner, 0..1, and who it is. */
  readonly largestShareDifference: number;
  readonly largestAt: string;
  /** Half the sum of all such differences: the part of all pay that goes to others, 0..1. */
  readonly payMoved: number;
  /** Largest difference between what one miner sold of its pay, and who it is; `others` are one. */
  readonly largestSoldDifference: number;
  readonly largestSoldAt: string;
}

export interface CalibratedFit {
  readonly recorded: FitFigures;
  /** One run as the scenario is written. */
  readonly simulated: RunFit;
  /** One in which nobody's skill goes up or down; null: that is the same. */
  readonly withoutLuck: RunFit | null;
}

/** Runs a calibrated scenario, and once more without luck, and holds both against the recording. */
export async function calibratedFit(
  calibrated: CalibratedRecording,
  options: Pick<CalibrateOptions, "onProgress" | "signal">,
): Promise<CalibratedFit> {
  const { world, scenario, text, name, data } = calibrated;
  const run = async (one: typeof scenario) => {
    const { closedLoop } = await runToSummary(one, { ...options, data: data ?? undefined });
    return fitOf(world, (closedLoop as { readonly subnets: readonly LoopFigures[] }).subnets[0]);
  };
  const simulated = await run(scenario);
  const steady = world.spread.deviation === 0 ? null : await run(parseScenario(text, name, { sets: ["closed_loop.skill.deviation=0"] }));
  return { recorded: recordedFigures(world), simulated, withoutLuck: steady };
}

function recordedFigures({ observed, paidRao }: CalibratedWorld): FitFigures {
  const { miners, prices } = observed;
  const soldRao = miners.reduce((sum, { soldRao: sold }) => sum + sold.reduce((all, rao) => all + rao, 0), 0);
  return {
    paidRao: String(paidRao),
    payGini: gini(Float64Array.from(miners, paidInAll).sort()),
    soldShare: soldRao / paidRao,
    heldEndRao: String(miners.reduce((sum, { heldAtEndRao }) => sum + heldAtEndRao, 0)),
    priceEndTao: prices.lastTao,
  };
}

function fitOf({ miners, others, paidRao }: CalibratedWorld, loop: LoopFigures): RunFit {
  const groups = [...miners, ...(others === null ? [] : [others])];
  const paid = loop.strategies.reduce((sum, one) => sum + Number(one.paidRao), 0);
  const held = loop.strategies.reduce((sum, { stakeEndRao }) => sum + BigInt(stakeEndRao), 0n);
  let [largestShareDifference, largestAt, moved] = [0, groups[0].name, 0];
  let [largestSoldDifference, largestSoldAt] = [0, groups[0].name];
  groups.forEach((group, i) => {
    const { paidRao: paidHere, sellPressure } = loop.strategies[i];
    const difference = Math.abs(Number(paidHere) / paid - group.paidRao / paidRao);
    moved += difference / 2;
    if (difference > largestShareDifference) [largestShareDifference, largestAt] = [difference, group.name];
    const sold = Math.abs(sellPressure - group.soldRao / group.paidRao);
    if (sold > largestSoldDifference) [largestSoldDifference, largestSoldAt] = [sold, group.name];
  });
  return {
    paidRao: String(loop.strategies.reduce((sum, one) => sum + BigInt(one.paidRao), 0n)),
    payGini: loop.gini,
    soldShare: loop.sellPressure,
    heldEndRao: String(held),
    priceEndTao: loop.price.endTao,
    largestShareDifference,
    largestAt,
    payMoved: moved,
    largestSoldDifference,
    largestSoldAt,
  };
}
