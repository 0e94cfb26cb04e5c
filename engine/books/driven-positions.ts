/** Told of what a driven position was recorded to do of its own accord, and does not. Amounts are rao, as the recording has them. */
export interface PassedOverActs {
  /** Stake that came to it. */
  came(amountRao: number): void;
  /** Stake that it took out, or sent away. */
  left(amountRao: number): void;
  /** What it was recorded to send to a position that is not driven, and which that one gets all the same. */
  arrivedElsewhere(amountRao: number): void;
  /** A recorded swap of keys: what it has is the other position's from then on, which is driven in its place. */
  rekeyed(from: number, to: number): void;
}

/**
 * Positions for which somebody decides, though a recording tells of them: from then on what they were recorded to do of their own
 * accord is booked in the recorded ledger alone. What others send to them, what they are paid and what is slashed is booked in both.
 */
export class DrivenPositions {
  readonly #acts = new Map<number, PassedOverActs>();

  has(position: number): boolean {
    return this.#acts.size > 0 && this.#acts.has(position);
  }

  /** Who is told of what is passed over; the position is driven. */
  actsOf(position: number): PassedOverActs | undefined {
    return this.#acts.get(position);
  }

  /** @param position not driven so far */
  drive(position: number, acts: PassedOverActs): void {
    this.#acts.set(position, acts);
  }

  /** A position takes a driven one's place, by a recorded swap of keys, after it is booked. */
  passOn(from: number, to: number): void {
    const acts = this.#acts.get(from);
    if (acts === undefined) return;
    this.#acts.delete(from);
    acts.rekeyed(from, to);
  }
}
