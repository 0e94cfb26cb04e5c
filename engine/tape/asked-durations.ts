import type { VestingConfiguration } from "../configuration/vesting-configuration.js";
import { min } from "../kernel/math.js";
import { minimumStakeRaoOf } from "../vesting/minimum-stake.js";
import type { EpochTape } from "./epoch-tape.js";

/** What of a geometric rule does not depend on its target or its largest multiplier. */
export interface AskedDurations {
  /** By row min(1, held days / retention_window_days); 0 where the rule is not asked, which is a multiplier of 1. */
  readonly factor: Float64Array;
  /** By epoch how many holdings are asked about, and of how many of them a part is held (`Evidence`). */
  readonly holdings: Int32Array;
  readonly partly: Int32Array;
}

export function askedDurations(tape: EpochTape, vesting: VestingConfiguration): AskedDurations {
  const { epochs, firstRow, heldShare, heldDays, stakeRao, received } = tape;
  const { retentionWindowDays } = vesting;
  const factor = new Float64Array(firstRow[epochs]);
  const holdings = new Int32Array(epochs);
  const partly = new Int32Array(epochs);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const minimum = minimumStakeRaoOf(vesting, tape.priceTaoPerAlpha[epoch]);
    const end = firstRow[epoch + 1];
    let asked = 0;
    let parts = 0;
    for (let row = firstRow[epoch]; row < end; row++) {
      if (!(stakeRao[row] >= minimum) || received[row] === 0) continue;
      factor[row] = min(1, heldDays[row] / retentionWindowDays);
      asked += 1;
      if (heldShare[row] > 0 && heldShare[row] < 1) parts += 1;
    }
    holdings[epoch] = asked;
    partly[epoch] = parts;
  }
  return { factor, holdings, partly };
}
