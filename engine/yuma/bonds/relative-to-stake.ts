import { EPSILON, shareOf } from "../epsilon.js";
import type { BondTrade } from "./bond-market.js";

/** yuma1: bonds bought anew in each epoch by stake and weight; a column is of the sum 1. Only liquid alpha keeps any of the last ones. */
export function tradeYuma1(trade: BondTrade): void {
  const { miners, validators, bonds, bought } = trade;
  for (let miner = 0; miner < miners; miner++) {
    const first = miner * validators;
    const sum = buy(trade, miner) + EPSILON;
    let total = 0;
    for (let i = 0; i < validators; i++) {
      const alpha = alphaOf(trade, miner, i, 1);
      const bond = alpha * (bought[i] / sum) + (1 - alpha) * bonds[first + i];
      bonds[first + i] = bond;
      total += bond;
    }
    for (let i = 0; i < validators; i++) bonds[first + i] /= total + EPSILON;
  }
  payByBonds(trade);
}

/** yuma2 and yuma2b: a moving average of bonds bought by stake and weight; not normalised after the average. */
export function tradeYuma2(trade: BondTrade): void {
  const { miners, validators, bonds, bought, configuration, isFirst } = trade;
  const plain = isFirst ? 1 : 1 - configuration.bondMovingAverage;
  for (let miner = 0; miner < miners; miner++) {
    const first = miner * validators;
    const sum = buy(trade, miner);
    for (let i = 0; i < validators; i++) {
      const alpha = alphaOf(trade, miner, i, plain);
      bonds[first + i] = alpha * shareOf(bought[i], sum) + (1 - alpha) * bonds[first + i];
    }
  }
  payByBonds(trade);
}

/** What validators buy of a miner by their stake, from weights and clipped weights as the penalty says; answers the sum. */
function buy({ validators, stake, weights, clipped, bought, configuration }: BondTrade, miner: number): number {
  const penalty = configuration.bondPenalty;
  let sum = 0;
  for (let i = 0, pair = miner * validators; i < validators; i++, pair++) {
    const bond = stake[i] * ((1 - penalty) * weights[pair] + penalty * clipped[pair]);
    bought[i] = bond;
    sum += bond;
  }
  return sum;
}

/** Share of the new bond; where there is neither an old one nor a new one, any will do. */
function alphaOf(trade: BondTrade, miner: number, validator: number, plain: number): number {
  const { validators, bonds, bought, setWeights, liquidAlpha, liquidConsensus } = trade;
  if (liquidAlpha === null) return plain;
  const pair = miner * validators + validator;
  if (bought[validator] === 0 && bonds[pair] === 0) return plain;
  return liquidAlpha.of(setWeights[pair], bonds[pair], liquidConsensus[miner]);
}

function payByBonds({ miners, validators, bonds, incentive, dividends }: BondTrade): void {
  for (let miner = 0, pair = 0; miner < miners; miner++) {
    for (let i = 0; i < validators; i++, pair++) dividends[i] += bonds[pair] * incentive[miner];
  }
}
