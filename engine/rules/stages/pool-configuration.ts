import type { NumberRange } from "../../kernel/ranges.js";
import type { ListedStage } from "./stage.js";

/** Who is in a pool: exactly one is stated. */
export type PoolMembers =
  | { readonly kind: "all" }
  /** Who is in no other pool. */
  | { readonly kind: "rest" }
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "tags"; readonly tags: readonly string[] }
  /** Both ends count. */
  | { readonly kind: "uids"; readonly from: number; readonly to: number }
  | { readonly kind: "ranks"; readonly from: number; readonly to: number };

/** Share of a pool in the pot; all sum to 1. */
export const POOL_SHARE_RANGE = { above: 0, atMost: 1 } as const satisfies NumberRange;

/** A part of the pot, for some miners, shared by a list of stages of its own (docs/explanation/stages.md). */
export interface PoolConfiguration<Stage extends ListedStage = ListedStage> {
  readonly name: string;
  /** Above 0, at most 1. */
  readonly share: number;
  readonly members: PoolMembers;
  readonly stages: readonly Stage[];
  /** Where goes the share of a pool in which nobody has any weight. */
  readonly empty: "others" | "residual";
}
