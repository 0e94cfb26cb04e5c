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

  /**
   * Takes how a pot is shared: `base[i] * baseRao` before the rule, `final[i] * finalRao` under it.
   * @param position of each; -1: no miner
   */
  take(position: Int32Array, base: Float64Array, baseRao: number, final: Float64Array, finalRao: number, count: number): void {
    let places = this.#place;
    let before = this.#before;
    let after = this.#after;
    for (let i = 0; i < count; i++) {
      const one = position[i];
      if (one < 0) continue;
      let place = one < places.length ? places[one] : -1;
      if (place === -1) {
        place = this.#enter(one);
        places = this.#place;
        before = this.#before;
        after = this.#after;
      }
      before[place] += base[i] * baseRao;
      after[place] += final[i] * finalRao;
    }
  }

  before(): number {
    return gini(this.#before.slice(0, this.#miners).sort());
  }

  after(): number {
    return gini(this.#after.slice(0, this.#miners).sort());
  }

  #enter(position: number): number {
    if (position >= this.#place.length) this.#widenPlaces(position);
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
