import type { Accident } from "./accident.js";
import { EpochsOf } from "./epochs-of.js";

/** Who has less than this part of what is asked has next to nothing: units are a thousand times apart or more, and some have more than is asked. */
const NEXT_TO_NOTHING = 1 / 100;

/** Epochs in which everybody's collateral is next to nothing of what gates ask for: it is told, or asked for, in another unit. */
export class CollateralUnit {
  readonly epochs = new EpochsOf();
  #askedRao = 0;
  #highestRao = 0;

  /**
   * @param highestRao the most that any miner has
   * @param askedRao the least that a gate asks for; infinite: none does
   */
  take(endMs: number, highestRao: number, askedRao: number): void {
    const isSo = highestRao > 0 && highestRao < askedRao * NEXT_TO_NOTHING && askedRao < Number.POSITIVE_INFINITY;
    this.epochs.take(endMs, isSo);
    if (!isSo) return;
    this.#askedRao = askedRao;
    if (highestRao > this.#highestRao) this.#highestRao = highestRao;
  }

  told(who: string): Accident | null {
    const { epochs } = this;
    if (epochs.count === 0) return null;
    const tokens = (rao: number) => String(rao / 1e9);
    return {
      code: "collateral_unit",
      text: `${who} has gates that ask for a collateral of ${tokens(this.#askedRao)}, and nobody's is above ${tokens(this.#highestRao)} in ${epochs.words}. Amounts of the collateral stream are in tokens: look whether they were told in another unit, or the gate's at_least is in one.`,
    };
  }
}
