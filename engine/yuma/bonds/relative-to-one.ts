import { EPSILON } from "../epsilon.js";
import type { BondTrade } from "./bond-market.js";

/** yuma3: a moving average of weights, whatever the stake; stake counts once, in what the bonds of a validator earn. */
export function tradeYuma3(trade: BondTrade): void {
  const { miners, validators, bonds, stake, weights, incentive, dividends, liquidAlpha, liquidConsensus, configuration } = trade;
  const plain = 1 - configuration.bondMovingAverage;
  for (let miner = 0; miner < miners; miner++) {
    const first = miner * validators;
    const agreed = liquidConsensus[miner];
    let sum = 0;
    for (let pair = first; pair < first + validators; pair++) {
      const weight = weights[pair];
      const last = bonds[pair];
      if (weight === 0 && last === 0) continue;
      const alpha = liquidAlpha === null ? plain : liquidAlpha.of(weight, last, agreed);
      // Never above 1: neither of the two is, and this is a mean of them.
      const bond = alpha * weight + (1 - alpha) * last;
      bonds[pair] = bond;
      sum += bond;
    }
    const earns = incentive[miner] / (sum + EPSILON);
    if (earns === 0) continue;
    for (let i = 0; i < validators; i++) dividends[i] += bonds[first + i] * earns;
  }
  for (let i = 0; i < validators; i++) dividends[i] *= stake[i];
}
