import type { HeldExactly } from "../rules/multipliers/index.js";
import type { StageFacts } from "../rules/stages/index.js";
import type { HeldMultipliers } from "../vesting/held-multipliers.js";
import type { EpochSheet } from "./epoch-sheet.js";

/** Comes after every uid. */
const LAST_UID = 2_147_483_647;

/** Facts of the miners of one epoch; used again for the next. */
export class EpochFacts implements StageFacts {
  count = 0;
  uid = new Int32Array(256);
  registeredMs = new Float64Array(256);
  stakeRao = new Float64Array(256);
  heldShare = new Float64Array(256);
  heldDays = new Float64Array(256);
  priceTaoPerAlpha = 0;
  private member: Int32Array = new Int32Array(0);

  constructor(private readonly multipliers: HeldMultipliers) {}

  /** @param registeredMs when the hotkey of a member of the subnet was registered, Unix ms; 0 where it has no seat */
  gather(
    priceTaoPerAlpha: number,
    registeredMs: (member: number) => number,
    { miners, member, uid }: EpochSheet,
    isOutside: boolean,
  ): void {
    const { measured } = this.multipliers;
    const count = isOutside ? miners + 1 : miners;
    this.reserve(count);
    this.count = count;
    this.member = member;
    this.priceTaoPerAlpha = priceTaoPerAlpha;
    for (let k = 0; k < miners; k++) {
      const i = member[k];
      this.uid[k] = uid[k];
      this.registeredMs[k] = registeredMs(i);
      this.stakeRao[k] = measured.stakeRao[i];
      this.heldShare[k] = this.multipliers.heldExactly(i) === null ? Number.NaN : measured.heldShare[i];
      this.heldDays[k] = measured.heldDays[i];
    }
    if (!isOutside) return;
    this.uid[miners] = LAST_UID;
    this.registeredMs[miners] = 0;
    this.stakeRao[miners] = 0;
    this.heldShare[miners] = Number.NaN;
    this.heldDays[miners] = 0;
  }

  exactly(miner: number): HeldExactly | null {
    return this.multipliers.heldExactly(this.member[miner]);
  }

  private reserve(count: number): void {
    if (count <= this.uid.length) return;
    const length = count * 2;
    this.uid = new Int32Array(length);
    this.registeredMs = new Float64Array(length);
    this.stakeRao = new Float64Array(length);
    this.heldShare = new Float64Array(length);
    this.heldDays = new Float64Array(length);
  }
}
