import type { Accident } from "./accident.js";
import { EpochsOf } from "./epochs-of.js";

/** Epochs in which pools leave a hole: miners with a weight whom none of them names. */
export class InNoPool {
  readonly #epochs = new EpochsOf();
  #most = 0;

  take(endMs: number, miners: number): void {
    this.#epochs.take(endMs, miners > 0);
    if (miners > this.#most) this.#most = miners;
  }

  told(who: string): Accident | null {
    if (this.#most === 0) return null;
    return {
      code: "in_no_pool",
      text: `${who} has up to ${this.#most} miners with a weight whom no pool names, in ${this.#epochs.words}: they get nothing, whatever they do. Give them a pool of members: rest.`,
    };
  }
}
