import type { Accident } from "./accident.js";
import { EpochsOf } from "./epochs-of.js";

/** Epochs in which a stage goes by collateral and every miner's reads 0: in production, collateral that was read as 0 sent whole pots elsewhere. */
export class CollateralZero {
  readonly epochs = new EpochsOf();

  /** @param highestRao the most that any miner has; below 0: there is none */
  take(endMs: number, highestRao: number): void {
    this.epochs.take(endMs, highestRao === 0);
  }

  told(who: string): Accident | null {
    const { epochs } = this;
    if (epochs.count === 0) return null;
    return {
      code: "collateral_zero",
      text: `${who} has stages that go by collateral, and every miner's reads 0 in ${epochs.words}. Look at the collateral stream: its first row, its hotkeys, readings that failed.`,
    };
  }
}
