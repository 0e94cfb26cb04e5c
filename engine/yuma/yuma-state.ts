/** What one epoch leaves to the next, by pair at `miner * validators + validator`, or by miner. */
export interface YumaState {
  readonly validators: number;
  readonly miners: number;
  /** Epochs that were computed. */
  epochs: number;
  readonly bonds: Float64Array;
  /** Weights of the last epoch, each validator's of the sum 1; which yuma2b counts in the next. */
  readonly weights: Float64Array;
  /** Consensus of the last epoch, by miner. */
  readonly consensus: Float64Array;
}

/** Before the first epoch. */
export function yumaBegins(validators: number, miners: number): YumaState {
  return {
    validators,
    miners,
    epochs: 0,
    bonds: new Float64Array(validators * miners),
    weights: new Float64Array(validators * miners),
    consensus: new Float64Array(miners),
  };
}

/**
 * The state for others: who stays keeps what it has, who is new has nothing.
 * @param validators for each its number so far; -1 where it is new
 * @param miners the same
 */
export function yumaReseated(from: YumaState, validators: ArrayLike<number>, miners: ArrayLike<number>): YumaState {
  const to = yumaBegins(validators.length, miners.length);
  to.epochs = from.epochs;
  for (let miner = 0, pair = 0; miner < miners.length; miner++) {
    const was = miners[miner];
    if (was !== -1) to.consensus[miner] = from.consensus[was];
    for (let validator = 0; validator < validators.length; validator++, pair++) {
      if (was === -1 || validators[validator] === -1) continue;
      const before = was * from.validators + validators[validator];
      to.bonds[pair] = from.bonds[before];
      to.weights[pair] = from.weights[before];
    }
  }
  return to;
}

/** Bonds reset: nobody has bonds of the miner any more. */
export function resetBonds({ validators, bonds }: YumaState, miner: number): void {
  bonds.fill(0, miner * validators, (miner + 1) * validators);
}
