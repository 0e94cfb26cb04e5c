import { Fraction } from "../kernel/decimal.js";
import { InvariantError } from "../kernel/errors.js";
import type { Agreement } from "./agreement.js";

/**
 * Weights of validators clipped to their consensus (docs/explanation/closed-loop.md): the core of Yuma without bonds, as the chain computes
 * it. The consensus weight of a seat is the largest w that validators with at least `kappa` of the stake give it or more; a validator's
 * weight counts up to it; the weight of the seat is the mean of these by stake. Nothing is normalised anew before it is clipped.
 */
export class ClippedWeights implements Agreement {
  readonly dividends = null;
  readonly #order: Int32Array;
  readonly #column: Float64Array;
  #countedRao = 0;
  #neededRao = 0;

  /**
   * @param stakesRao whole rao above 0, by validator; all together at most 2^53 - 1
   * @param kappa above 0, at most 1
   */
  constructor(
    private readonly stakesRao: readonly number[],
    private readonly kappa: number,
  ) {
    this.#order = Int32Array.from(stakesRao, (_, validator) => validator);
    this.#column = new Float64Array(stakesRao.length);
  }

  /**
   * @param rows a row of weights a validator, each 0 or more and of the sum 1
   * @param handsIn which of them count; the stake of the others does not
   * @param consensus receives the consensus weight of each seat
   * @param weights receives the weight of each seat, 0..1; all 0 where nobody counts, or nothing has as much support
   */
  agree(rows: readonly Float64Array[], handsIn: readonly boolean[], consensus: Float64Array, weights: Float64Array): void {
    const { stakesRao } = this;
    const column = this.#column;
    let totalRao = 0;
    for (let validator = 0; validator < rows.length; validator++) if (handsIn[validator]) totalRao += stakesRao[validator];
    for (let seat = 0; seat < consensus.length; seat++) {
      consensus[seat] = 0;
      weights[seat] = 0;
      if (totalRao === 0) continue;
      for (let validator = 0; validator < rows.length; validator++) column[validator] = handsIn[validator] ? rows[validator][seat] : 0;
      const agreed = this.#supported(handsIn, this.#needed(totalRao));
      let weighted = 0;
      for (let validator = 0; validator < rows.length; validator++) {
        const weight = column[validator];
        weighted += stakesRao[validator] * (weight < agreed ? weight : agreed);
      }
      consensus[seat] = agreed;
      weights[seat] = weighted / totalRao;
    }
  }

  /** The least whole rao that are `kappa` of the stake that counts. */
  #needed(countedRao: number): number {
    if (countedRao !== this.#countedRao) {
      this.#countedRao = countedRao;
      this.#neededRao = Number(Fraction.decimal(this.kappa).times(Fraction.whole(countedRao)).ceil());
    }
    return this.#neededRao;
  }

  /** The weight at which cumulative stake, from the largest weight down, comes to what is needed. */
  #supported(handsIn: readonly boolean[], neededRao: number): number {
    const order = this.#order;
    this.#sort();
    let supportRao = 0;
    for (const validator of order) {
      if (!handsIn[validator]) continue;
      supportRao += this.stakesRao[validator];
      if (supportRao >= neededRao) return this.#column[validator];
    }
    throw new InvariantError(`${neededRao} rao of ${supportRao} were to be found`);
  }

  /** By weight, the largest first. Insertion: the order of the last column is often nearly that of the next. */
  #sort(): void {
    const order = this.#order;
    const column = this.#column;
    for (let i = 1; i < order.length; i++) {
      const validator = order[i];
      let at = i;
      while (at > 0 && column[order[at - 1]] < column[validator]) {
        order[at] = order[at - 1];
        at -= 1;
      }
      order[at] = validator;
    }
  }
}
