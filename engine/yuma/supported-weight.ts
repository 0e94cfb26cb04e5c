/**
 * The largest weight that enough stake supports: that gives it or more. Where sums of the stakes are exact, an exact tie counts whatever
 * the order of the validators.
 */
export class SupportedWeight {
  readonly #stakes: Float64Array;
  readonly #weights: Float64Array;

  constructor(private readonly validators: number) {
    this.#stakes = new Float64Array(validators);
    this.#weights = new Float64Array(validators);
  }

  /**
   * @param neededStake how much is enough, above 0; where all stake falls short of it, by rounding, the smallest weight is what all supports
   * @param all stakes by validator, each 0 or more
   * @param column weights by validator, from `first` on
   * @returns 0 where nobody has stake
   */
  of(neededStake: number, all: ArrayLike<number>, column: Float64Array, first: number): number {
    const stakes = this.#stakes;
    const weights = this.#weights;
    let high = 0;
    for (let i = 0; i < this.validators; i++) {
      if (all[i] === 0) continue;
      stakes[high] = all[i];
      weights[high++] = column[first + i];
    }
    if (high === 0) return 0;
    return this.#select(high, neededStake);
  }

  /** Halves by a pivot, the larger weights first; what is passed over above it has its stake in `above`. */
  #select(count: number, neededStake: number): number {
    const stakes = this.#stakes;
    const weights = this.#weights;
    let low = 0;
    let high = count;
    let above = 0;
    for (;;) {
      const pivot = middleOf(weights[low], weights[(low + high) >> 1], weights[high - 1]);
      let larger = low;
      let at = low;
      let smaller = high;
      let largerStake = 0;
      let equalStake = 0;
      while (at < smaller) {
        const weight = weights[at];
        const stake = stakes[at];
        if (weight > pivot) {
          weights[at] = weights[larger];
          stakes[at++] = stakes[larger];
          weights[larger] = weight;
          stakes[larger++] = stake;
          largerStake += stake;
        } else if (weight < pivot) {
          smaller -= 1;
          weights[at] = weights[smaller];
          stakes[at] = stakes[smaller];
          weights[smaller] = weight;
          stakes[smaller] = stake;
        } else {
          equalStake += stake;
          at += 1;
        }
      }
      if (above + largerStake >= neededStake) {
        high = larger;
        continue;
      }
      above += largerStake + equalStake;
      if (above >= neededStake || smaller === high) return pivot;
      low = smaller;
    }
  }
}

function middleOf(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a;
  return a < c ? a : b < c ? c : b;
}
