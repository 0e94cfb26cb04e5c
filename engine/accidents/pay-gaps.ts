import { max } from "../kernel/math.js";
import type { SharedPot } from "../metrics/index.js";
import type { Accident } from "./accident.js";
import { EpochsOf } from "./epochs-of.js";
import { FEWEST_SPREAD } from "./pay-spread.js";

/** One miner that stops for an epoch is its own affair; a tenth of them at once is not. */
export const GAP_MINERS = 0.1;
export const FEWEST_IN_GAP = 2;

/** From so many miners in a gap on an epoch is told of. */
export function gapLimit(miners: number): number {
  return max(FEWEST_IN_GAP, GAP_MINERS * miners);
}

/** Epochs in which many miners who are there get nothing, and got something before and after, or never again. */
export class PayGaps {
  /** By epoch that pays any miner: its end, and gaps that begin there less those that end there. */
  #endsMs = new Float64Array(256);
  #steps = new Int32Array(257);
  #epochs = 0;
  /** By number on the subnet: place of the epoch it was last paid in, and last had a place in, plus 1; 0: never. */
  #lastPaid = new Int32Array(64);
  #lastSeen = new Int32Array(64);
  #miners = 0;

  take({ endMs, ruled, miners, member, members }: SharedPot): void {
    // An epoch that pays nobody is none of which a miner could miss its part.
    let isPaid = false;
    for (let k = 0; k < miners && !isPaid; k++) isPaid = ruled[k] > 0;
    if (!isPaid) return;
    if (members > this.#lastPaid.length) this.#widen(members);
    if (this.#epochs === this.#endsMs.length) this.#lengthen();
    const place = this.#epochs++;
    const now = place + 1;
    this.#endsMs[place] = endMs;
    const [lastPaid, lastSeen] = [this.#lastPaid, this.#lastSeen];
    for (let k = 0; k < miners; k++) {
      const i = member[k];
      if (i < 0) continue;
      lastSeen[i] = now;
      if (!(ruled[k] > 0)) continue;
      const last = lastPaid[i];
      if (last === 0) this.#miners += 1;
      else if (last < place) {
        this.#steps[last] += 1;
        this.#steps[place] -= 1;
      }
      lastPaid[i] = now;
    }
  }

  told(who: string): Accident | null {
    if (this.#miners < FEWEST_SPREAD) return null;
    const limit = gapLimit(this.#miners);
    const steps = this.#steps.slice(0, this.#epochs);
    this.#addUnended(steps, limit);
    const inGap = Int32Array.from(steps);
    for (let place = 1; place < inGap.length; place++) inGap[place] += inGap[place - 1];
    const most = inGap.reduce((a, b) => max(a, b), 0);
    const usual = Int32Array.from(inGap).sort()[inGap.length >> 1];
    // Where ranks are paid by a few places, to miss one is how the rule works.
    if (most < limit || usual >= limit) return null;
    const epochs = new EpochsOf();
    for (let place = 0; place < inGap.length; place++) epochs.take(this.#endsMs[place], inGap[place] >= limit);
    return {
      code: "pay_gaps",
      text: `${who} pays nothing to up to ${most} of ${this.#miners} miners who were paid before and are still there, in ${epochs.words}. Look at their weights there, and at what cuts them (tenure show --hotkey).`,
    };
  }

  /** Who stops and does not come back counts where many stop at once and keep their places: a few who leave are no accident. */
  #addUnended(steps: Int32Array, limit: number): void {
    const stopped = new Map<number, number[]>();
    for (let i = 0; i < this.#lastPaid.length; i++) {
      const last = this.#lastPaid[i];
      if (last === 0 || this.#lastSeen[i] <= last) continue;
      const seen = stopped.get(last);
      if (seen === undefined) stopped.set(last, [this.#lastSeen[i]]);
      else seen.push(this.#lastSeen[i]);
    }
    for (const [from, seen] of stopped) {
      if (seen.length < limit) continue;
      for (const until of seen) {
        steps[from] += 1;
        if (until < steps.length) steps[until] -= 1;
      }
    }
  }

  #widen(members: number): void {
    const length = members * 2;
    const [paid, seen] = [new Int32Array(length), new Int32Array(length)];
    paid.set(this.#lastPaid);
    seen.set(this.#lastSeen);
    this.#lastPaid = paid;
    this.#lastSeen = seen;
  }

  #lengthen(): void {
    const length = this.#epochs * 2;
    const [ends, steps] = [new Float64Array(length), new Int32Array(length + 1)];
    ends.set(this.#endsMs);
    steps.set(this.#steps);
    this.#endsMs = ends;
    this.#steps = steps;
  }
}
