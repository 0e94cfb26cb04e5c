import type { Evidence } from "../metrics/index.js";
import type { Measurements } from "../vesting/measurements.js";

/** Who shares a pot, and by what. */
interface Sharers {
  readonly miners: number;
  readonly base: Float64Array;
  readonly shown: Float64Array;
  readonly member: Int32Array;
}

/** What there is in an epoch that a rule can tell miners apart by; used again for the next. */
export class EpochEvidence implements Evidence {
  sharers = 0;
  differ = false;
  holdings = 0;
  partly = 0;

  gather({ miners, base, shown, member }: Sharers, { asked, heldShare }: Measurements): void {
    let sharers = 0;
    let first = 1;
    let differ = false;
    let holdings = 0;
    let partly = 0;
    for (let k = 0; k <= miners; k++) {
      if (base[k] > 0) {
        if (sharers === 0) first = shown[k];
        else if (shown[k] !== first) differ = true;
        sharers += 1;
      }
      if (k === miners) break;
      const i = member[k];
      if (asked[i] === 0) continue;
      holdings += 1;
      if (heldShare[i] > 0 && heldShare[i] < 1) partly += 1;
    }
    this.sharers = sharers;
    this.differ = differ;
    this.holdings = holdings;
    this.partly = partly;
  }
}
