import type { Obligation } from "../../registry/obligation.js";
import type { HeldExactly } from "../multipliers/index.js";
import type { StageFacts } from "./stage-facts.js";

/** Columns of numbers by miner. */
const REALS = [
  "registeredMs",
  "stakeRao",
  "heldShare",
  "heldDays",
  "collateralRao",
  "volumeRao",
  "earnedRao",
  "movedRao",
] as const satisfies readonly (keyof StageFacts)[];

/** The facts of some of the miners; used again for others. */
export class SomeFacts implements StageFacts {
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
  priceTaoPerAlpha = 0;
  priceMs = -1;
  usdPerTao = 0;
  usdPerTaoMs = -1;
  potRao = 0;
  obligations: readonly Obligation[] = [];
  private all: StageFacts | null = null;
  private members = new Int32Array(0);

  /** @param members indices of who is chosen, ascending; they stay lent */
  choose(all: StageFacts, members: Int32Array, count: number): void {
    if (count > this.uid.length) {
      this.uid = new Int32Array(count * 2);
      this.key = new Int32Array(count * 2);
      for (const column of REALS) this[column] = new Float64Array(count * 2);
    }
    this.all = all;
    this.members = members as Int32Array<ArrayBuffer>;
    this.count = count;
    this.endMs = all.endMs;
    this.priceTaoPerAlpha = all.priceTaoPerAlpha;
    this.priceMs = all.priceMs;
    this.usdPerTao = all.usdPerTao;
    this.usdPerTaoMs = all.usdPerTaoMs;
    this.potRao = all.potRao;
    this.obligations = all.obligations;
    for (let k = 0; k < count; k++) {
      this.uid[k] = all.uid[members[k]];
      this.key[k] = all.key[members[k]];
    }
    for (const column of REALS) {
      const from = all[column];
      const to = this[column];
      for (let k = 0; k < count; k++) to[k] = from[members[k]];
    }
  }

  exactly(miner: number): HeldExactly | null {
    return this.all?.exactly(this.members[miner]) ?? null;
  }

  isNamed(miner: number, name: string): boolean {
    return this.all?.isNamed(this.members[miner], name) === true;
  }

  hasTag(miner: number, tag: string): boolean {
    return this.all?.hasTag(this.members[miner], tag) === true;
  }
}
