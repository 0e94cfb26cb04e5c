import type { ChainConfiguration, ChainLiquidAlpha } from "./chain-configuration.js";
import { ChainSigmoid } from "./chain-sigmoid.js";
import { fromU16, ONE, over, times, toU16 } from "./fixed-point.js";

/** What bonds are bought with; by pair at `miner * validators + validator`, by validator, or by miner. In units of 2^-32 but for `bonds`. */
export interface ChainTrade {
  readonly validators: number;
  readonly miners: number;
  readonly stake: Float64Array;
  /** What is bought with, and 1 where the validator's row has the pair at all, be it with 0. */
  readonly weights: Float64Array;
  readonly listed: Uint8Array;
  readonly consensus: Float64Array;
  readonly incentive: Float64Array;
  /** As they are stored, u16: those of the epoch before; they become those of this one. */
  readonly bonds: Float64Array;
  /** Receives what bonds earn, not normalised. All 0 before. */
  readonly dividends: Float64Array;
  /** Room for the bonds of a miner. */
  readonly column: Float64Array;
}

/** A way with bonds of the chain, for one subnet. */
export type ChainBondMarket = (trade: ChainTrade) => void;

export function chainBondMarket(configuration: ChainConfiguration): ChainBondMarket {
  const alpha = ONE - over(configuration.bondsMovingAveragePpm, 1_000_000);
  if (configuration.bonds === "original") return (trade) => tradeOriginal(trade, alpha);
  const liquid = configuration.liquidAlpha === null ? null : new ChainLiquid(configuration.liquidAlpha);
  return (trade) => tradeYuma3(trade, alpha, liquid);
}

/** Bonds by stake and weight, normalised by miner before and after the average; stored so that the largest of a miner is 65535. */
function tradeOriginal({ validators, miners, stake, weights, incentive, bonds, dividends, column }: ChainTrade, alpha: number): void {
  for (let miner = 0; miner < miners; miner++) {
    const first = miner * validators;
    let lastSum = 0;
    let boughtSum = 0;
    for (let i = 0; i < validators; i++) {
      column[i] = times(weights[first + i], stake[i]);
      boughtSum += column[i];
      lastSum += bonds[first + i];
    }
    let sum = 0;
    for (let i = 0; i < validators; i++) {
      const bought = boughtSum > 0 ? over(column[i], boughtSum) : 0;
      const last = lastSum > 0 ? over(bonds[first + i], lastSum) : 0;
      column[i] = times(alpha, bought) + times(ONE - alpha, last);
      sum += column[i];
    }
    let largest = 0;
    for (let i = 0; i < validators; i++) {
      if (sum > 0) column[i] = over(column[i], sum);
      if (column[i] > largest) largest = column[i];
      dividends[i] += times(column[i], incentive[miner]);
    }
    for (let i = 0; i < validators; i++) bonds[first + i] = largest > 0 ? toU16(over(column[i], largest)) : 0;
  }
}

/** Bonds as moving averages of weights, stake left out; it counts once, in what they earn. */
function tradeYuma3(trade: ChainTrade, alpha: number, liquid: ChainLiquid | null): void {
  const { validators, miners, stake, weights, listed, consensus, incentive, bonds, dividends, column } = trade;
  const moves = liquid !== null && consensus.some((weight) => weight > 0) ? liquid : null;
  for (let miner = 0; miner < miners; miner++) {
    const first = miner * validators;
    let sum = 0;
    for (let i = 0; i < validators; i++) {
      const pair = first + i;
      const weight = weights[pair];
      const last = bonds[pair] === 0 ? 0 : fromU16(bonds[pair]);
      let bond = 0;
      if (moves === null) bond = times(alpha, weight) + times(ONE - alpha, last);
      // A pair that the row of the validator does not have loses its bond at once.
      else if (listed[pair] === 1 && (weight > 0 || last > 0)) bond = moves.bond(weight, last, consensus[miner]);
      column[i] = bond;
      sum += bond;
    }
    for (let i = 0; i < validators; i++) {
      bonds[first + i] = toU16(column[i]);
      if (sum > 0) dividends[i] += times(over(column[i], sum), incentive[miner]);
    }
  }
  for (let i = 0; i < validators; i++) dividends[i] = times(dividends[i], stake[i]);
}

/** Liquid alpha: a share of the new bond of its own for each pair. */
class ChainLiquid {
  readonly #low: number;
  readonly #high: number;
  readonly #sigmoid: ChainSigmoid;

  constructor({ alphaLowU16, alphaHighU16, sigmoidSteepness }: ChainLiquidAlpha) {
    this.#low = fromU16(alphaLowU16);
    this.#high = fromU16(alphaHighU16);
    this.#sigmoid = new ChainSigmoid(over(sigmoidSteepness, 100));
  }

  bond(weight: number, last: number, agreed: number): number {
    const alpha = this.#alpha(weight, last, agreed);
    const decayed = times(ONE - alpha, last);
    const bought = times(alpha, weight);
    const room = ONE - decayed;
    return decayed + (bought < room ? bought : room);
  }

  #alpha(weight: number, last: number, agreed: number): number {
    const low = this.#low;
    const difference = weight >= last ? weight - agreed : last - weight;
    const clamped = difference < 0 ? 0 : difference > ONE ? ONE : difference;
    const alpha = low + times(this.#sigmoid.of(clamped), this.#high - low);
    return alpha < low ? low : alpha > this.#high ? this.#high : alpha;
  }
}
