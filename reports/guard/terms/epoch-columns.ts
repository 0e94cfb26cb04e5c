import type { PaidKey } from "../baseline/paid-line.js";
import type { EpochTerms } from "./epoch-terms.js";

/** Gathers the terms of one epoch, position by position. */
export class EpochColumns {
  readonly #places = new Map<number, number>();
  readonly #values = new Map<string, number[]>();

  /** @param ids of terms, in the order of computing; others are passed over */
  constructor(
    ids: readonly string[],
    private readonly keys: readonly (PaidKey | undefined)[],
  ) {
    for (const id of ids) this.#values.set(id, []);
  }

  has(position: number): boolean {
    return this.#places.has(position);
  }

  set(id: string, position: number, value: number): void {
    const values = this.#values.get(id);
    if (values !== undefined) values[this.#placeOf(position)] = value;
  }

  /** For what has several rows. */
  add(id: string, position: number, value: number): void {
    const values = this.#values.get(id);
    if (values === undefined) return;
    const place = this.#placeOf(position);
    values[place] = (values[place] ?? 0) + value;
  }

  /** The same for all that have any term. @param beside a term: only for those that have it */
  setAll(id: string, value: number, beside?: string): void {
    const known = beside === undefined ? null : (this.#values.get(beside) ?? []);
    for (const [position, place] of this.#places) if (known === null || known[place] !== undefined) this.set(id, position, value);
  }

  taken(): Pick<EpochTerms, "who" | "columns"> {
    const who = [...this.#places.keys()].flatMap((position) => this.keys[position] ?? []);
    const columns = new Map<string, Float64Array>();
    for (const [id, values] of this.#values) {
      const column = new Float64Array(who.length).fill(Number.NaN);
      for (let at = 0; at < who.length; at++) if (values[at] !== undefined) column[at] = values[at];
      columns.set(id, column);
    }
    return { who, columns };
  }

  #placeOf(position: number): number {
    let place = this.#places.get(position);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(position, place);
    }
    return place;
  }
}
