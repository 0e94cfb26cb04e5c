import { classifyResidual, END_OF_BLOCK, type StakeCause } from "../../../engine/index.js";
import type { PositionId } from "../storage/position-id.js";
import type { BlockTime, EventPlace, StakeRow } from "./block-rows.js";

/** After all extrinsics and events of a block. */
export const AFTER_BLOCK: EventPlace = { extrinsic: END_OF_BLOCK, event: END_OF_BLOCK };
/** Before the first extrinsic and event of a block. */
export const BEFORE_BLOCK: EventPlace = { extrinsic: -1, event: -1 };

/**
 * The row for a change that was measured: what the chain says less what the rows say.
 * @param changeRao of either sign, not 0
 * @param events of the position's hotkey since it was last measured
 * @param shareRao what the smallest share of the hotkey's alpha is worth: an event is rounded by less, on top of a few rao
 * @param known what made the change, where that is known; else it is rounding or unexplained, by its size
 */
export function residualRow(
  at: BlockTime,
  place: EventPlace,
  { netuid, hotkey, coldkey }: PositionId,
  changeRao: number,
  events: number,
  shareRao: number,
  known?: StakeCause,
): StakeRow {
  const amountRao = Math.abs(changeRao);
  // Rounding goes either way; the rule is stated for what is missing.
  const isOf = (rao: number) => classifyResidual(-rao, 0, events).kind === "rounding";
  const isSmall = isOf(amountRao);
  const isShares = !isSmall && isOf(Math.max(1, amountRao - events * shareRao));
  const cause = known ?? (isSmall || isShares ? "rounding" : "unexplained");
  const action = changeRao > 0 ? "added" : cause === "rounding" ? "rounding" : "unexplained";
  const row: StakeRow = { at, ...place, action, position: { netuid, hotkey, coldkey }, amountRao, cause };
  return cause === "rounding" && isShares ? { ...row, shareRao } : row;
}
