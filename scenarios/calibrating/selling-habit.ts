import { defaultMinerStrategy, type MinerStrategyConfiguration, math } from "../../engine/index.js";
import { type ObservedMiner, soldInAll } from "./observed-subnet.js";
import { type SaleRhythm, saleRhythms } from "./sale-rhythm.js";
import { salesByStrategy } from "./sales-by-strategy.js";

const { abs, min, round } = math;
const HOLD: SellingStrategy = { kind: "hold" };
/** Parts of pay are stated to a ten-thousandth. */
const DIGITS = 1e4;

/** The strategy that a miner's selling is nearest to. */
export type SellingStrategy =
  | { readonly kind: "hold" | "sell_all" }
  | { readonly kind: "sell_fraction"; readonly share: number }
  | ({ readonly kind: "sell_schedule"; readonly share: number } & SaleRhythm);

export interface SellingHabit {
  readonly strategy: SellingStrategy;
  /**
   * How far what was sold by an instant is from what the strategy would have sold by it, in the mean over time, as a share of all that
   * was sold; 0: exactly so, or nothing was sold.
   */
  readonly miss: number;
}

/**
 * The strategy that what a miner sold is nearest to. Who sold nothing, or no ten-thousandth of its pay, follows `hold`. Of
 * `sell_all`, `sell_fraction` and `sell_schedule` it is the one for which the area between what was sold by each instant and what it
 * would have sold by it, of the pay that was recorded, is smallest; of equals the first in this order. The part that is sold is what was
 * sold over what was paid, by a schedule up to the last sale, to a ten-thousandth, at most 1.
 * @param epochEndsMs of the subnet
 * @param epochMs length of an epoch
 */
export function sellingHabit(miner: ObservedMiner, epochEndsMs: Float64Array, epochMs: number): SellingHabit {
  const soldRao = soldInAll(miner);
  if (soldRao === 0) return { strategy: HOLD, miss: 0 };
  let best: SellingHabit | null = null;
  for (const strategy of candidates(miner, soldRao)) {
    const predicted = salesByStrategy(configurationOf(strategy), miner, epochEndsMs, epochMs);
    const miss = meanDistance(miner, predicted, epochEndsMs, epochMs) / soldRao;
    if (best === null || miss < best.miss) best = { strategy, miss };
  }
  return best ?? { strategy: HOLD, miss: 1 };
}

function* candidates({ paidRao, soldRao, salesMs }: ObservedMiner, allSoldRao: number): Iterable<SellingStrategy> {
  const paid = (end: number) => paidRao.subarray(0, end).reduce((sum, rao) => sum + rao, 0);
  const share = partOf(allSoldRao, paid(paidRao.length));
  // So little that no part of pay can be stated: it holds.
  if (share === 0) return;
  yield { kind: "sell_all" };
  yield { kind: "sell_fraction", share };
  let last = soldRao.length - 1;
  while (soldRao[last] === 0) last--;
  const byThen = partOf(allSoldRao, paid(last + 1));
  for (const rhythm of saleRhythms(salesMs)) yield { kind: "sell_schedule", ...rhythm, share: byThen };
}

function partOf(soldRao: number, paidRao: number): number {
  return paidRao > 0 ? min(1, round((soldRao / paidRao) * DIGITS) / DIGITS) : 1;
}

function configurationOf(strategy: SellingStrategy): MinerStrategyConfiguration {
  return { ...defaultMinerStrategy(strategy.kind), ...strategy } as MinerStrategyConfiguration;
}

/** Between two amounts sold by an instant, rao, in the mean over the time from the first pay to the end. */
function meanDistance({ firstEpoch, soldRao }: ObservedMiner, predicted: Float64Array, epochEndsMs: Float64Array, epochMs: number): number {
  let apart = 0;
  let area = 0;
  let spanMs = 0;
  for (let k = 0; k < soldRao.length; k++) {
    apart += soldRao[k] - predicted[k];
    const t = firstEpoch + k;
    const lengthMs = t + 1 < epochEndsMs.length ? epochEndsMs[t + 1] - epochEndsMs[t] : epochMs;
    area += abs(apart) * lengthMs;
    spanMs += lengthMs;
  }
  return area / spanMs;
}
