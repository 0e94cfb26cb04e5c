import type { OpenRun, ToldKind } from "../../../recorders/index.js";
import type { PositionRow } from "../../reading/positions.js";
import { type NamedRow, scoreColumnOf, type ToldRows } from "./told-rows-of.js";

/**
 * The row of a stream that told so much of one hotkey; null: none is known.
 * @param column of scores; left out: the one that is the base weight
 */
export type RowOf = (kind: ToldKind, value: number, column?: string | null) => NamedRow | null;

/** Of a position in an epoch: the row that says what was told of it. One that says something else, as after a swap of keys, is not named. */
export function rowInForce(
  { told, run, epoch }: { readonly told: ToldRows | null; readonly run: OpenRun; readonly epoch: { readonly end_ms: number } },
  { netuid, hotkey }: Pick<PositionRow, "netuid" | "hotkey">,
): RowOf {
  if (told === null) return () => null;
  return (kind, value, column = kind === "scores" ? scoreColumnOf(run) : null) => {
    const row = told.inForce({ kind, netuid, hotkey, column }, epoch.end_ms);
    return row?.value === value ? row : null;
  };
}
