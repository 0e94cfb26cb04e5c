import { SupportedWeight } from "../supported-weight.js";
import { type ChainBondMarket, type ChainTrade, chainBondMarket } from "./chain-bonds.js";
import type { ChainConfiguration } from "./chain-configuration.js";
import { fromU16, ONE, over, times } from "./fixed-point.js";

/** What an epoch on the chain leaves to the next: bonds as they are stored, u16, at `miner * validators + validator`. */
export interface ChainState {
  readonly validators: number;
  readonly miners: number;
  readonly bonds: Float64Array;
}

export function chainBegins(validators: number, miners: number): ChainState {
  return { validators, miners, bonds: new Float64Array(validators * miners) };
}

/**
 * An epoch in the chain's own arithmetic (docs/explanation/yuma.md): I32F32 numbers, products and quotients rounded down, bonds stored as
 * u16. Numbers here are in units of 2^-32 (`ONE`) where nothing else is said. All validators count as active and permitted.
 */
export class ChainYuma {
  readonly validators: number;
  readonly miners: number;
  readonly state: ChainState;
  /** By pair, at `miner * validators + validator`. */
  readonly weights: Float64Array;
  readonly clipped: Float64Array;
  /** By miner. */
  readonly prerank: Float64Array;
  readonly consensus: Float64Array;
  readonly rank: Float64Array;
  readonly incentive: Float64Array;
  /** What of an epoch's pay is each miner's, and each validator's; all together 1. */
  readonly serverShare: Float64Array;
  readonly validatorShare: Float64Array;
  /** By validator. */
  readonly stake: Float64Array;
  readonly validatorTrust: Float64Array;
  readonly dividends: Float64Array;
  readonly #kappa: number;
  readonly #penalty: number;
  readonly #supported: SupportedWeight;
  /** Stake as it is normalised once more to find what is supported. */
  readonly #voting: Float64Array;
  readonly #trade: ChainTrade;
  readonly #market: ChainBondMarket;

  /** @param state of the epochs before, which goes on in this; left out: there were none */
  constructor(configuration: ChainConfiguration, validators: number, miners: number, state: ChainState = chainBegins(validators, miners)) {
    const pairs = validators * miners;
    this.validators = validators;
    this.miners = miners;
    this.state = state;
    this.weights = new Float64Array(pairs);
    this.clipped = new Float64Array(pairs);
    this.prerank = new Float64Array(miners);
    this.consensus = new Float64Array(miners);
    this.rank = new Float64Array(miners);
    this.incentive = new Float64Array(miners);
    this.serverShare = new Float64Array(miners);
    this.validatorShare = new Float64Array(validators);
    this.stake = new Float64Array(validators);
    this.validatorTrust = new Float64Array(validators);
    this.dividends = new Float64Array(validators);
    this.#kappa = fromU16(configuration.kappaU16);
    this.#penalty = fromU16(configuration.bondsPenaltyU16);
    this.#supported = new SupportedWeight(validators);
    this.#voting = new Float64Array(validators);
    this.#market = chainBondMarket(configuration);
    this.#trade = {
      validators,
      miners,
      stake: this.stake,
      weights: new Float64Array(pairs),
      listed: new Uint8Array(pairs),
      consensus: this.consensus,
      incentive: this.incentive,
      bonds: state.bonds,
      dividends: this.dividends,
      column: new Float64Array(validators),
    };
  }

  /**
   * Computes an epoch.
   * @param stakes by validator, whole rao, 0 or more
   * @param set what validators set, as u16 at `validator * miners + miner`; -1: the row does not have the miner, which is not the same as 0
   */
  epoch(stakes: ArrayLike<number>, set: ArrayLike<number>): void {
    this.#takeStakes(stakes);
    this.#takeWeights(set);
    this.#agree();
    this.#clip();
    normalise(this.rank, this.incentive);
    this.#buy(set);
    this.dividends.fill(0);
    this.#market(this.#trade);
    normalise(this.dividends, this.dividends);
    this.#dropBondsOfNoStake(stakes);
    this.#share();
  }

  #takeStakes(stakes: ArrayLike<number>): void {
    let total = 0n;
    for (let i = 0; i < this.validators; i++) total += BigInt(stakes[i]);
    for (let i = 0; i < this.validators; i++) this.stake[i] = total === 0n ? 0 : Number((BigInt(stakes[i]) << 32n) / total);
    normalise(this.stake, this.stake);
    normalise(this.stake, this.#voting);
  }

  #takeWeights(set: ArrayLike<number>): void {
    const { validators, miners, weights } = this;
    for (let i = 0, at = 0; i < validators; i++) {
      let sum = 0;
      for (let j = 0; j < miners; j++) if (set[at + j] > 0) sum += set[at + j];
      for (let j = 0, pair = i; j < miners; j++, at++, pair += validators) weights[pair] = set[at] > 0 ? over(set[at], sum) : 0;
    }
  }

  #agree(): void {
    const { miners, validators, weights, consensus, prerank, stake } = this;
    for (let j = 0, first = 0; j < miners; j++, first += validators) {
      let mean = 0;
      for (let i = 0; i < validators; i++) mean += times(weights[first + i], stake[i]);
      prerank[j] = mean;
      consensus[j] = this.#supported.of(this.#kappa, this.#voting, weights, first);
    }
  }

  #clip(): void {
    const { miners, validators, weights, consensus, clipped, validatorTrust, rank, stake } = this;
    validatorTrust.fill(0);
    for (let j = 0, pair = 0; j < miners; j++) {
      const agreed = consensus[j];
      let mean = 0;
      for (let i = 0; i < validators; i++, pair++) {
        const weight = weights[pair] < agreed ? weights[pair] : agreed;
        clipped[pair] = weight;
        validatorTrust[i] += weight;
        mean += times(weight, stake[i]);
      }
      rank[j] = mean;
    }
  }

  /** What bonds are bought with: the weights, what of them counts, or between the two. */
  #buy(set: ArrayLike<number>): void {
    const { miners, validators, weights, clipped, consensus } = this;
    const { weights: buys, listed } = this.#trade;
    const penalty = this.#penalty;
    for (let j = 0, pair = 0; j < miners; j++) {
      for (let i = 0; i < validators; i++, pair++) {
        const weight = weights[pair];
        const isSet = set[i * miners + j] >= 0;
        if (penalty === 0) {
          buys[pair] = weight;
          listed[pair] = isSet ? 1 : 0;
        } else if (penalty === ONE) {
          buys[pair] = clipped[pair];
          listed[pair] = isSet && (weight === 0 || consensus[j] > 0) ? 1 : 0;
        } else {
          const between = weight + times(penalty, clipped[pair] - weight);
          buys[pair] = between;
          listed[pair] = between > 0 ? 1 : 0;
        }
      }
    }
  }

  #dropBondsOfNoStake(stakes: ArrayLike<number>): void {
    const { bonds } = this.state;
    for (let i = 0; i < this.validators; i++) {
      if (stakes[i] !== 0) continue;
      for (let pair = i; pair < bonds.length; pair += this.validators) bonds[pair] = 0;
    }
  }

  /** Half each where both have any; where nobody has, validators are paid by stake. */
  #share(): void {
    const { incentive, dividends, serverShare, validatorShare, stake } = this;
    let sum = 0;
    for (const one of incentive) sum += one;
    for (const one of dividends) sum += one;
    for (let j = 0; j < this.miners; j++) serverShare[j] = sum === 0 ? 0 : over(incentive[j], sum);
    for (let i = 0; i < this.validators; i++) validatorShare[i] = sum === 0 ? stake[i] : over(dividends[i], sum);
  }
}

/** Divides by the sum where it is above 0. */
function normalise(from: Float64Array, to: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < from.length; i++) sum += from[i];
  for (let i = 0; i < from.length; i++) to[i] = sum > 0 ? over(from[i], sum) : 0;
}
