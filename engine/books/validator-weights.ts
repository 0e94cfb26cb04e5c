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
  /** By subnet and hotkey, where a swap of keys makes it another than the hotkey's own number. */
  readonly #seatKeys = new Map<number, Map<number, number>>();
  #vacated = 0;

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

  /** Number of who sits under a hotkey, which a swap of keys takes along: what is remembered of it stays its own, as a uid's on the chain. */
  seatKeyOf(netuid: number, hotkey: number): number {
    return this.#seatKeys.get(netuid)?.get(hotkey) ?? hotkey;
  }

  /** A hotkey of a subnet is swapped for another: weights to it, and its own, are the other's where that has none. */
  rename(netuid: number, from: number, to: number): void {
    const all = this.#bySubnet.get(netuid);
    if (all === undefined || from === to) return;
    const keys = this.#seatKeys.get(netuid) ?? new Map<number, number>();
    this.#seatKeys.set(netuid, keys);
    keys.set(to, this.seatKeyOf(netuid, from));
    // Who takes the old key later is somebody else. Numbers below 0 are of no hotkey.
    this.#vacated += 1;
    keys.set(from, -this.#vacated);
    for (const { weights } of all.values()) {
      const weight = weights.get(from);
      if (weight === undefined) continue;
      weights.delete(from);
      if (!weights.has(to)) weights.set(to, weight);
    }
    const own = all.get(from);
    if (own === undefined) return;
    // In its place: the order of validators is that of sums.
    const renamed = [...all].flatMap(([validator, set]) => {
      if (validator !== from) return [[validator, set] as const];
      return all.has(to) ? [] : [[to, { ...own, validator: to }] as const];
    });
    this.#bySubnet.set(netuid, new Map(renamed));
  }
}
