import type { Obligation } from "../registry/obligation.js";

/** Where the facts of an epoch come from that are not measured; members are numbers of positions on the subnet. */
export interface FactSource {
  readonly endMs: number;
  /** TAO per alpha; 0: none. */
  readonly priceTaoPerAlpha: number;
  /** When it was told, Unix ms; -1: by no stream. */
  readonly priceMs: number;
  /** 0: none. */
  readonly usdPerTao: number;
  readonly usdPerTaoMs: number;
  readonly obligations: readonly Obligation[];
  /** When the hotkey was registered, Unix ms; 0 where it has no seat. */
  registeredMs(member: number): number;
  /** Number of its hotkey on the subnet, which a swap does not change. */
  key(member: number): number;
  /** Amounts in rao. */
  collateralRao(member: number): number;
  volumeRao(member: number): number;
  earnedRao(member: number): number;
  movedRao(member: number): number;
  /** NaN: none. */
  score(member: number): number;
  /** Unix ms; -1: none. */
  scoredMs(member: number): number;
  scoreColumn(member: number, column: string): number;
  isNamed(member: number, name: string): boolean;
  hasTag(member: number, tag: string): boolean;
}
