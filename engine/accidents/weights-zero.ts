import type { SharedPot } from "../metrics/index.js";
import type { Accident } from "./accident.js";
import { EpochsOf } from "./epochs-of.js";

/** Epochs with a pot in which the source of weights gives 0 to every miner: nobody is paid, which a chain might have taken for equal weights. */
export class WeightsZero {
  readonly epochs = new EpochsOf();

  take({ endMs, base, miners }: SharedPot): void {
    let isSo = true;
    for (let k = 0; k < miners && isSo; k++) isSo = base[k] === 0;
    this.epochs.take(endMs, isSo);
  }

  told(who: string): Accident | null {
    const { epochs } = this;
    if (epochs.count === 0) return null;
    return {
      code: "weights_zero",
      text: `${who} has a pot and no base weight above 0 in ${epochs.words}: no miner is paid there, and zeros are not taken for equal weights. Look at what gave the weights, or let an epoch without weights keep the last ones.`,
    };
  }
}
