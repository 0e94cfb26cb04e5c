import { boundFactor, ceilingInList, isRead, type StageConfiguration } from "../engine/index.js";

/**
 * The largest factor by which a list with a `residual` divided. Beside who is outside, in an epoch in which anything is, it is 1 at least:
 * where that makes a difference, what was recorded tells. Null: not known.
 */
export function stageCeiling(
  configuration: StageConfiguration,
  row: { readonly share_before: number; readonly factor: number; readonly share_after: number } | undefined,
  hasOutside: boolean,
): number | null {
  if (!isRead(configuration.stage) || !isRead(configuration.variant)) return null;
  const bound = boundFactor(configuration);
  if (bound === null) return null;
  const [alone, beside] = [ceilingInList(bound, false), ceilingInList(bound, true)];
  if (!hasOutside || alone === beside) return alone;
  if (row === undefined || !(row.share_after > 0)) return null;
  const divided = (row.share_before * row.factor) / row.share_after;
  return Math.abs(divided - beside) < Math.abs(divided - alone) ? beside : alone;
}
