import type { ToldKind } from "../../../recorders/index.js";
import type { PositionRow } from "../../reading/positions.js";
import type { EpochTables } from "../epoch-tables.js";
import { type NamedRow, scoreColumnOf } from "./told-rows-of.js";

/** Of a position in an epoch: the row that says what was told of it. One that says something else, as after a swap of keys, is not named. */
export function rowInForce(
  { told, run, epoch }: Pick<EpochTables, "told" | "run" | "epoch">,
  { netuid, hotkey }: Pick<PositionRow, "netuid" | "hotkey">,
): (kind: ToldKind, value: number) => NamedRow | null {
  if (told === null) return () => null;
  return (kind, value) => {
    const row = told.inForce({ kind, netuid, hotkey, column: kind === "scores" ? scoreColumnOf(run) : null }, epoch.end_ms);
    return row?.value === value ? row : null;
  };
}
