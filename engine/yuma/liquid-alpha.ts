import { exp } from "../kernel/math.js";
import type { LiquidAlphaConfiguration } from "./yuma-configuration.js";

/** Share of the new bond of a pair under liquid alpha: a sigmoid of how far the weight is above consensus, or the bond above the weight. */
export class LiquidAlpha {
  readonly #low: number;
  readonly #high: number;
  readonly #steepness: number;
  /** Of pairs at consensus or below, which are many. */
  readonly #atConsensus: number;

  constructor({ alphaLow, alphaHigh, sigmoidSteepness }: LiquidAlphaConfiguration) {
    this.#low = alphaLow;
    this.#high = alphaHigh;
    this.#steepness = sigmoidSteepness;
    this.#atConsensus = this.#sigmoid(0);
  }

  of(weight: number, bond: number, consensus: number): number {
    const difference = weight >= bond ? weight - consensus : bond - weight;
    return difference <= 0 ? this.#atConsensus : this.#sigmoid(difference > 1 ? 1 : difference);
  }

  #sigmoid(difference: number): number {
    const low = this.#low;
    const high = this.#high;
    const alpha = low + (high - low) / (1 + exp(-this.#steepness * (difference - 0.5)));
    // Bounds that are swapped leave the upper one.
    const raised = alpha < low ? low : alpha;
    return raised > high ? high : raised;
  }
}
