import { max } from "../kernel/math.js";

/** When streams told the prices of a subnet; times in Unix ms. */
export class ToldPrices {
  /** -1: none was told. */
  firstMs = -1;
  lastMs = -1;
  /** The longest time between one and the next, ms; 0: there are not two. */
  longestGapMs = 0;

  told(timeMs: number): void {
    if (this.lastMs === -1) this.firstMs = timeMs;
    else this.longestGapMs = max(this.longestGapMs, timeMs - this.lastMs);
    this.lastMs = timeMs;
  }
}
