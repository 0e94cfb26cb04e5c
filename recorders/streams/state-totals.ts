import { ExactSum } from "../../engine/index.js";

/** What positions hold at one instant, as far as it is known by then: of each its latest amount. */
export interface StateTotal {
  /** Those an amount is known of, 0 too. */
  readonly positions: number;
  /** In decimal digits. */
  readonly rao: string;
}

/** What there is at the first instant of a stream of states, and at its last. */
export interface StateTotals {
  /** The column that is summed. */
  readonly of: string;
  readonly first: StateTotal;
  readonly last: StateTotal;
}

/** Keeps the latest amount of each position while a stream is written. */
export class StateSummer {
  /** By position, from 0. */
  #latest: number[] = [];
  #firstMs: number | undefined;
  #first: StateTotal | undefined;

  /** @param column that holds the amounts */
  constructor(readonly column: string) {}

  /** @param position its number among those seen; a new one is one more than all before */
  take(timeMs: number, position: number, rao: number): void {
    this.#firstMs ??= timeMs;
    if (this.#first === undefined && timeMs !== this.#firstMs) this.#first = this.#total();
    this.#latest[position] = rao;
  }

  totals(): StateTotals {
    const last = this.#total();
    return { of: this.column, first: this.#first ?? last, last };
  }

  #total(): StateTotal {
    const sum = new ExactSum();
    for (const rao of this.#latest) sum.add(rao);
    return { positions: this.#latest.length, rao: sum.toString() };
  }
}
