import type { Obligation } from "../../registry/obligation.js";

/** Columns of numbers by miner. */
export const REAL_FACTS = [
  "registeredMs",
  "stakeRao",
  "heldShare",
  "heldDays",
  "collateralRao",
  "volumeRao",
  "earnedRao",
  "movedRao",
  "score",
  "scoredMs",
] as const satisfies readonly (keyof FactColumns)[];

/** Room for the facts of miners, which grows and is used again. */
export class FactColumns {
  count = 0;
  endMs = 0;
  uid = new Int32Array(256);
  key = new Int32Array(256);
  registeredMs = new Float64Array(256);
  stakeRao = new Float64Array(256);
  heldShare = new Float64Array(256);
  heldDays = new Float64Array(256);
  collateralRao = new Float64Array(256);
  volumeRao = new Float64Array(256);
  earnedRao = new Float64Array(256);
  movedRao = new Float64Array(256);
  score = new Float64Array(256);
  scoredMs = new Float64Array(256);
  priceTaoPerAlpha = 0;
  priceMs = -1;
  usdPerTao = 0;
  usdPerTaoMs = -1;
  potRao = 0;
  obligations: readonly Obligation[] = [];

  /** Room for so many miners; what was in it is gone where it has to grow. */
  protected reserve(count: number): void {
    if (count <= this.uid.length) return;
    this.uid = new Int32Array(count * 2);
    this.key = new Int32Array(count * 2);
    for (const column of REAL_FACTS) this[column] = new Float64Array(count * 2);
  }
}
