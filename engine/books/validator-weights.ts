/** What a validator has set last. */
export interface SetWeights {
  readonly validator: number;
  /** When, Unix ms: rows of another instant are a new set. */
  timeMs: number;
  /** Whole rao with which it counts; 0: what the positions of its hotkey hold. */
  stakeRao: number;
  /** By hotkey of the miner. */
  readonly weights: Map<number, number>;
}

/** Weights of validators where a stream gives them, by subnet: the latest set of each. */
export class ValidatorWeights {
  readonly #bySubnet = new Map<number, Map<number, SetWeights>>();

  /** A row of a stream; addresses are those of the book. */
  set(netuid: number, validator: number, hotkey: number, weight: number, stakeRao: number, timeMs: number): void {
    let all = this.#bySubnet.get(netuid);
    if (all === undefined) {
      all = new Map();
      this.#bySubnet.set(netuid, all);
    }
    let own = all.get(validator);
    if (own === undefined) {
      own = { validator, timeMs, stakeRao, weights: new Map() };
      all.set(validator, own);
    }
    if (own.timeMs !== timeMs) own.weights.clear();
    own.timeMs = timeMs;
    own.stakeRao = stakeRao;
    own.weights.set(hotkey, weight);
  }

  /** Of the validators of a subnet, in the order in which they set weights first. */
  on(netuid: number): readonly SetWeights[] {
    return [...(this.#bySubnet.get(netuid)?.values() ?? [])];
  }

  /** A hotkey of a subnet is swapped for another: weights to it, and its own, are the other's where that has none. */
  rename(netuid: number, from: number, to: number): void {
    const all = this.#bySubnet.get(netuid);
    if (all === undefined || from === to) return;
    for (const { weights } of all.values()) {
      const weight = weights.get(from);
      if (weight === undefined) continue;
      weights.delete(from);
      if (!weights.has(to)) weights.set(to, weight);
    }
    const own = all.get(from);
    if (own === undefined) return;
    all.delete(from);
    if (!all.has(to)) all.set(to, { ...own, validator: to });
  }
}
