import type { MinerKey } from "../../agents/miners/index.js";

/** A key as it is shown to its miner: it can be read, and nothing else. */
export class ShownKey implements MinerKey {
  readonly #own: MinerKey;

  constructor(own: MinerKey) {
    this.#own = own;
  }

  get key(): number {
    return this.#own.key;
  }

  get uid(): number {
    return this.#own.uid;
  }

  get registeredMs(): number {
    return this.#own.registeredMs;
  }

  get workShare(): number {
    return this.#own.workShare;
  }

  get stakeRao(): number {
    return this.#own.stakeRao;
  }

  get paidRao(): number {
    return this.#own.paidRao;
  }

  get receivedRao(): number {
    return this.#own.receivedRao;
  }

  get remainingRao(): number {
    return this.#own.remainingRao;
  }

  get heldShare(): number {
    return this.#own.heldShare;
  }

  get heldDays(): number {
    return this.#own.heldDays;
  }

  get multiplier(): number {
    return this.#own.multiplier;
  }
}

// Who is shown one could change what all others are shown.
Object.freeze(ShownKey.prototype);
