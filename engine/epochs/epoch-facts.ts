import type { HeldExactly } from "../rules/multipliers/index.js";
import { FactColumns } from "../rules/stages/fact-columns.js";
import type { StageFacts } from "../rules/stages/index.js";
import type { AskedFact } from "../rules/stages/stage.js";
import type { HeldMultipliers } from "../vesting/held-multipliers.js";
import type { EpochSheet } from "./epoch-sheet.js";
import type { FactSource } from "./fact-source.js";

/** Comes after every uid. */
const LAST_UID = 2_147_483_647;

/** Facts of the miners of one epoch; used again for the next. */
export class EpochFacts extends FactColumns implements StageFacts {
  private member: Int32Array = new Int32Array(0);
  private miners = 0;
  private source: FactSource | null = null;

  /** @param asked what the stages ask; the rest is left as it is */
  constructor(
    private readonly multipliers: HeldMultipliers,
    private readonly asked: ReadonlySet<AskedFact>,
  ) {
    super();
  }

  gather(source: FactSource, { miners, member, uid, potRao, asideSumRao }: EpochSheet, isOutside: boolean): void {
    const { measured } = this.multipliers;
    const count = isOutside ? miners + 1 : miners;
    this.reserve(count);
    this.count = count;
    this.miners = miners;
    this.member = member;
    this.source = source;
    this.endMs = source.endMs;
    this.priceTaoPerAlpha = source.priceTaoPerAlpha;
    this.priceMs = source.priceMs;
    this.usdPerTao = source.usdPerTao;
    this.usdPerTaoMs = source.usdPerTaoMs;
    this.potRao = potRao - asideSumRao;
    this.obligations = source.obligations;
    for (let k = 0; k < miners; k++) {
      const i = member[k];
      this.uid[k] = uid[k];
      this.registeredMs[k] = source.registeredMs(i);
      this.stakeRao[k] = measured.stakeRao[i];
      this.heldShare[k] = this.multipliers.heldExactly(i) === null ? Number.NaN : measured.heldShare[i];
      this.heldDays[k] = measured.heldDays[i];
    }
    if (this.asked.size > 0) this.gatherAsked(source);
    if (!isOutside) return;
    this.uid[miners] = LAST_UID;
    this.key[miners] = -1;
    this.registeredMs[miners] = 0;
    this.stakeRao[miners] = 0;
    this.heldShare[miners] = Number.NaN;
    this.heldDays[miners] = 0;
    this.collateralRao[miners] = 0;
    this.volumeRao[miners] = 0;
    this.earnedRao[miners] = 0;
    this.movedRao[miners] = 0;
    this.score[miners] = Number.NaN;
    this.scoredMs[miners] = -1;
  }

  scoreColumn(miner: number, column: string): number {
    return miner < this.miners ? (this.source?.scoreColumn(this.member[miner], column) ?? Number.NaN) : Number.NaN;
  }

  /** May a stage go by collateral? */
  get asksCollateral(): boolean {
    return this.asked.has("collateral");
  }

  exactly(miner: number): HeldExactly | null {
    return this.multipliers.heldExactly(this.member[miner]);
  }

  isNamed(miner: number, name: string): boolean {
    return miner < this.miners && this.source?.isNamed(this.member[miner], name) === true;
  }

  hasTag(miner: number, tag: string): boolean {
    return miner < this.miners && this.source?.hasTag(this.member[miner], tag) === true;
  }

  private gatherAsked(source: FactSource): void {
    const { asked, miners, member } = this;
    if (asked.has("key")) for (let k = 0; k < miners; k++) this.key[k] = source.key(member[k]);
    if (asked.has("collateral")) for (let k = 0; k < miners; k++) this.collateralRao[k] = source.collateralRao(member[k]);
    if (asked.has("volume")) for (let k = 0; k < miners; k++) this.volumeRao[k] = source.volumeRao(member[k]);
    if (asked.has("earned")) for (let k = 0; k < miners; k++) this.earnedRao[k] = source.earnedRao(member[k]);
    if (asked.has("moved")) for (let k = 0; k < miners; k++) this.movedRao[k] = source.movedRao(member[k]);
    if (!asked.has("scores")) return;
    for (let k = 0; k < miners; k++) {
      this.score[k] = source.score(member[k]);
      this.scoredMs[k] = source.scoredMs(member[k]);
    }
  }
}
