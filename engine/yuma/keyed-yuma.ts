import { floor } from "../kernel/math.js";
import { type ChainState, ChainYuma, chainBegins } from "./chain/chain-yuma.js";
import { ONE } from "./chain/fixed-point.js";
import type { WeightsConfiguration } from "./weights-configuration.js";
import { Yuma } from "./yuma.js";
import { type YumaState, yumaBegins, yumaReseated } from "./yuma-state.js";

const LARGEST_U16 = 65_535;

/** What a row does not have. To doubles it is as good as 0; the chain tells the two apart. */
export const NOT_SET = -1;

/** What an epoch came to, shares of 0 to 1 whatever they were computed in. By miner, and by validator. */
export interface YumaOutcome {
  readonly stake: Float64Array;
  readonly prerank: Float64Array;
  readonly consensus: Float64Array;
  readonly rank: Float64Array;
  /** Of the sum 1; all 0 where nothing that anybody set has support. */
  readonly incentive: Float64Array;
  readonly validatorTrust: Float64Array;
  readonly dividends: Float64Array;
}

/**
 * Yuma for validators and miners that come and go: each is known by a key, such as the number of its hotkey. Who stays keeps its bonds;
 * who leaves loses them.
 */
export class KeyedYuma {
  #validators: Int32Array = new Int32Array(0);
  #miners: Int32Array = new Int32Array(0);
  #seats: YumaSeats;

  constructor(configuration: WeightsConfiguration) {
    this.#seats = configuration.from === "yuma" ? new DoubleSeats(configuration) : new ChainSeats(configuration);
  }

  /**
   * Computes an epoch.
   * @param validators keys, none twice; so are `miners`
   * @param stakes whole rao of each validator
   * @param set weights at `validator * miners + miner`, finite and 0 or more, or `NOT_SET`
   */
  epoch(validators: Int32Array, miners: Int32Array, stakes: Float64Array, set: Float64Array): YumaOutcome {
    if (!same(validators, this.#validators) || !same(miners, this.#miners)) {
      this.#seats.reseat(numbersIn(this.#validators, validators), numbersIn(this.#miners, miners));
      this.#validators = validators.slice();
      this.#miners = miners.slice();
    }
    return this.#seats.epoch(stakes, set);
  }

  /** Of the epoch that was computed last; copies. */
  pairs(): YumaPairs {
    return this.#seats.pairs();
  }
}

/** More of what an epoch came to: by pair, at `miner * validators + validator`; shares of 0 to 1. */
export interface YumaPairs {
  /** As each validator's row has them, of the sum 1; and what of them counts. */
  readonly weights: Float64Array;
  readonly clipped: Float64Array;
  /** After the epoch. */
  readonly bonds: Float64Array;
  /** By miner: the weight that has support, before it is divided by the sum of all; on the chain the consensus itself. */
  readonly supported: Float64Array;
}

/** An arithmetic, on numbered seats. */
interface YumaSeats {
  /** For each seat its number so far; -1: it is new. */
  reseat(validators: Int32Array, miners: Int32Array): void;
  epoch(stakes: Float64Array, set: Float64Array): YumaOutcome;
  pairs(): YumaPairs;
}

class DoubleSeats implements YumaSeats {
  #state: YumaState = yumaBegins(0, 0);
  #yuma: Yuma;
  #set = new Float64Array(0);

  constructor(private readonly configuration: WeightsConfiguration & { readonly from: "yuma" }) {
    this.#yuma = new Yuma(configuration, 0, 0, this.#state);
  }

  reseat(validators: Int32Array, miners: Int32Array): void {
    this.#state = yumaReseated(this.#state, validators, miners);
    this.#yuma = new Yuma(this.configuration, validators.length, miners.length, this.#state);
    this.#set = new Float64Array(validators.length * miners.length);
  }

  epoch(stakes: Float64Array, set: Float64Array): YumaOutcome {
    for (let at = 0; at < set.length; at++) this.#set[at] = set[at] === NOT_SET ? 0 : set[at];
    this.#yuma.epoch(stakes, this.#set);
    return this.#yuma;
  }

  pairs(): YumaPairs {
    const { weights, clipped } = this.#yuma;
    return {
      weights: weights.slice(),
      clipped: clipped.slice(),
      bonds: this.#state.bonds.slice(),
      supported: this.#yuma.consensusRaw.slice(),
    };
  }
}

class ChainSeats implements YumaSeats {
  #state: ChainState = chainBegins(0, 0);
  #chain: ChainYuma;
  #set = new Float64Array(0);
  #outcome = outcomeOf(0, 0);

  constructor(private readonly configuration: WeightsConfiguration & { readonly from: "chain_yuma" }) {
    this.#chain = new ChainYuma(configuration, 0, 0, this.#state);
  }

  reseat(validators: Int32Array, miners: Int32Array): void {
    const from = this.#state;
    const to = chainBegins(validators.length, miners.length);
    miners.forEach((miner, j) => {
      validators.forEach((validator, i) => {
        if (miner === -1 || validator === -1) return;
        to.bonds[j * validators.length + i] = from.bonds[miner * from.validators + validator];
      });
    });
    this.#state = to;
    this.#chain = new ChainYuma(this.configuration, validators.length, miners.length, to);
    this.#set = new Float64Array(validators.length * miners.length);
    this.#outcome = outcomeOf(validators.length, miners.length);
  }

  epoch(stakes: Float64Array, set: Float64Array): YumaOutcome {
    const chain = this.#chain;
    for (let i = 0; i < chain.validators; i++) this.#upscale(set, i * chain.miners, (i + 1) * chain.miners);
    chain.epoch(stakes, this.#set);
    const outcome = this.#outcome;
    for (const field of Object.keys(outcome) as (keyof YumaOutcome)[]) {
      const into = outcome[field];
      for (let at = 0; at < into.length; at++) into[at] = chain[field][at] / ONE;
    }
    return outcome;
  }

  pairs(): YumaPairs {
    const { weights, clipped } = this.#chain;
    const bonds = this.#state.bonds.map((bond) => bond / LARGEST_U16);
    const supported = this.#chain.consensus.map((weight) => weight / ONE);
    return { weights: weights.map((weight) => weight / ONE), clipped: clipped.map((weight) => weight / ONE), bonds, supported };
  }

  /** A row as the chain takes it: its largest weight is 65535, the others rounded down. */
  #upscale(set: Float64Array, from: number, to: number): void {
    let largest = 0;
    for (let at = from; at < to; at++) if (set[at] > largest) largest = set[at];
    for (let at = from; at < to; at++) {
      this.#set[at] = set[at] === NOT_SET ? NOT_SET : largest === 0 ? 0 : floor((set[at] / largest) * LARGEST_U16);
    }
  }
}

function outcomeOf(validators: number, miners: number): YumaOutcome {
  return {
    stake: new Float64Array(validators),
    prerank: new Float64Array(miners),
    consensus: new Float64Array(miners),
    rank: new Float64Array(miners),
    incentive: new Float64Array(miners),
    validatorTrust: new Float64Array(validators),
    dividends: new Float64Array(validators),
  };
}

function numbersIn(known: Int32Array, wanted: Int32Array): Int32Array {
  const numbers = new Map([...known].map((key, number) => [key, number]));
  return wanted.map((key) => numbers.get(key) ?? -1);
}

function same(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
