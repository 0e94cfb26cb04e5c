import { gini } from "../rewards/fairness/gini.js";

/**
 * How unequally the miners of a subnet are paid over a run, before a rule (by base shares) and under it: the Gini coefficient
 * of what each was paid in all, over everybody who ever had a part in a pot. The sums are doubles: a figure, no account.
 */
export class PayGini {
  #place = new Int32Array(256).fill(-1);
  #before = new Float64Array(64);
  #after = new Float64Array(64);
  #miners = 0;

  /** Everybody who ever had a part in a pot. */
  get miners(): number {
    return this.#miners;
  }

  take(position: number, beforeRao: number, afterRao: number): void {
    if (position >= this.#place.length) this.#widenPlaces(position);
    let place = this.#place[position];
    if (place === -1) place = this.#enter(position);
    this.#before[place] += beforeRao;
    this.#after[place] += afterRao;
  }

  before(): number {
    return gini(this.#before.slice(0, this.#miners).sort());
  }

  after(): number {
    return gini(this.#after.slice(0, this.#miners).sort());
  }

  #enter(position: number): number {
    const place = this.#miners++;
    this.#place[position] = place;
    if (place === this.#before.length) {
      this.#before = widen(this.#before);
      this.#after = widen(this.#after);
    }
    return place;
  }

  #widenPlaces(position: number): void {
    const places = new Int32Array(position * 2).fill(-1);
    places.set(this.#place);
    this.#place = places;
  }
}

function widen(amounts: Float64Array): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(amounts.length * 2);
  wider.set(amounts);
  return wider;
}
