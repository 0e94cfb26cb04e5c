import type { HeldExactly } from "../multipliers/index.js";
import { FactColumns, REAL_FACTS } from "./fact-columns.js";
import type { StageFacts } from "./stage-facts.js";

/** The facts of some of the miners; used again for others. */
export class SomeFacts extends FactColumns implements StageFacts {
  private all: StageFacts | null = null;
  private members = new Int32Array(0);

  /** @param members indices of who is chosen, ascending; they stay lent */
  choose(all: StageFacts, members: Int32Array, count: number): void {
    this.reserve(count);
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
    for (const column of REAL_FACTS) {
      const from = all[column];
      const to = this[column];
      for (let k = 0; k < count; k++) to[k] = from[members[k]];
    }
  }

  scoreColumn(miner: number, column: string): number {
    return this.all?.scoreColumn(this.members[miner], column) ?? Number.NaN;
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
