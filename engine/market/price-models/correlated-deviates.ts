import { sqrt } from "../../kernel/math.js";

/** Deviates of many subnets of which any two have the same correlation: a common part and an own part. */
export class CorrelatedDeviates {
  readonly #commonShare: number;
  readonly #ownShare: number;
  #common = 0;

  /** @param correlation 0..1 */
  constructor(
    correlation: number,
    private readonly normal: () => number,
  ) {
    this.#commonShare = sqrt(correlation);
    this.#ownShare = sqrt(1 - correlation);
  }

  /** Draws the common part of the next step. */
  step(): void {
    this.#common = this.normal();
  }

  /** Draws the own part of the next subnet. */
  next(): number {
    return this.#commonShare * this.#common + this.#ownShare * this.normal();
  }
}
