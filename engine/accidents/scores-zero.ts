import type { Accident } from "./accident.js";
import { EpochsOf } from "./epochs-of.js";

/**
 * Epochs with a pot in which nobody has a score above 0, of a subnet whose pay is made of scores. Base weights may be above 0 all the same, where a
 * rule of pay makes even ones of such scores. Before anybody scored for the first time, nobody can have traded yet: these epochs count where
 * nobody ever does.
 */
export class ScoresZero {
  readonly #since = new EpochsOf();
  readonly #before = new EpochsOf();
  #hasScored = false;

  /** @param highest score of who is ranked, 0 or more; 0: nobody is */
  take(endMs: number, highest: number): void {
    this.#hasScored ||= highest > 0;
    if (this.#hasScored) this.#since.take(endMs, highest === 0);
    else this.#before.take(endMs, true);
  }

  told(who: string): Accident | null {
    const epochs = this.#hasScored ? this.#since : this.#before;
    if (epochs.count === 0) return null;
    const lead = this.#hasScored ? "since somebody first scored" : "where nobody ever scores";
    return {
      code: "weights_zero",
      text: `${who} has a pot and no ranked participant with a score above 0 in ${epochs.words}, ${lead}: the pot is shared evenly or goes to nobody there, by index.rewards.all_zero and scoreless_tier. Look at what is traded, min_volume, and what flags leave of scores.`,
    };
  }
}
