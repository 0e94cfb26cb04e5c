/** What a row says of a position or a seat. */
interface State {
  readonly row: number;
  /** -1 where it is not known. */
  readonly block: number;
  /** An amount in rao, a uid, the id of an address. */
  readonly value: number;
}

/** Of the states of one subject no more than tell whether another one contradicts any of them. */
interface Known {
  /** The first one without a block. */
  unordered?: State;
  /** The first one with a block, and the first one with a block that says otherwise. */
  first?: State;
  other?: State;
  last?: State;
}

/**
 * The states of subjects (positions, seats) at one instant, in rows that come in order. Two that differ contradict each other
 * unless both have a block, and not the same: nothing else says which of them holds after the other.
 */
export class StatesAtInstant {
  readonly #known = new Map<string, Known>();
  #timeMs = -1;

  /** @returns an earlier state of the same subject and instant that this one contradicts; undefined when there is none */
  see(subject: string, timeMs: number, state: State): State | undefined {
    if (timeMs !== this.#timeMs) this.#known.clear();
    this.#timeMs = timeMs;
    let known = this.#known.get(subject);
    if (known === undefined) {
      known = {};
      this.#known.set(subject, known);
    }
    const { unordered, first, other, last } = known;
    const unplaced = state.block < 0 ? [unordered, first, other] : [unordered, last?.block === state.block ? last : undefined];
    const contradicted = unplaced.find((earlier) => earlier !== undefined && earlier.value !== state.value);
    if (contradicted !== undefined) return contradicted;
    if (state.block < 0) known.unordered ??= state;
    else {
      known.first ??= state;
      if (state.value !== known.first.value) known.other ??= state;
      known.last = state;
    }
    return undefined;
  }
}
