import type { Accident } from "./accident.js";
import { EpochsOf } from "./epochs-of.js";

/** Epochs in which a stage goes by collateral and every miner's reads 0: in production, collateral that was read as 0 sent whole pots elsewhere. */
export class CollateralZero {
  readonly epochs = new EpochsOf();

  /** @param amountsRao of the miners; more may follow */
  take(endMs: number, amountsRao: Float64Array, miners: number): void {
    let isSo = miners > 0;
    for (let k = 0; k < miners && isSo; k++) isSo = amountsRao[k] === 0;
    this.epochs.take(endMs, isSo);
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
