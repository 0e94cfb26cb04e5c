import type { Accident } from "./accident.js";

/** More names than these are counted. */
const MOST_NAMES = 5;

/** Whom pools are for, and whom the run never has: misspelt, most likely. */
export class NobodyInPool {
  #unmet: readonly string[] = [];

  /** @param unmet whom the run has not had up to an epoch, in words */
  take(unmet: readonly string[]): void {
    this.#unmet = unmet;
  }

  told(): Accident | null {
    const unmet = this.#unmet;
    if (unmet.length === 0) return null;
    const more = unmet.length - MOST_NAMES;
    const named = `${unmet.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
    return {
      code: "nobody_in_pool",
      text: `Pools are for whom the run never has among its miners: ${named}. Look at how they are spelt.`,
    };
  }
}
