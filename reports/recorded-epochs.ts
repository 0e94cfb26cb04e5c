import { type ResultTableName, TenureError } from "../engine/index.js";
import type { TableSource } from "./reading/columns.js";
import type { EpochRow, Epochs } from "./reading/epochs.js";
import type { RunRules } from "./rules.js";

/** Tables that `record.every_epochs` thins out. */
const THINNED: readonly ResultTableName[] = ["holdings", "weights", "rewards", "coldkeys"];

/** Whether the run kept what it measured in an epoch. The last one is always kept. */
export function isRecorded(epochs: Epochs, row: EpochRow, { record }: RunRules): boolean {
  return row.epoch % record.everyEpochs === 0 || epochs.isLast(row);
}

/** Refuses an epoch of which the run kept nothing, naming the nearest that it kept: `TEN-REPORT-005`. */
export function requireRecorded(run: TableSource, epochs: Epochs, row: EpochRow, rules: RunRules): void {
  if (isRecorded(epochs, row, rules) || !run.tables.some((table) => THINNED.includes(table))) return;
  const { everyEpochs } = rules.record;
  const before = row.epoch - (row.epoch % everyEpochs);
  const last = epochs.of(row.netuid).at(-1)?.epoch ?? row.epoch;
  const nearest = [...(before > 0 ? [before] : []), Math.min(before + everyEpochs, last)];
  throw new TenureError({
    code: "TEN-REPORT-005",
    what: `The run did not record this epoch of subnet ${row.netuid}: it kept every ${everyEpochs}th.`,
    place: { path: "--epoch" },
    found: row.epoch,
    allowed: `the nearest it recorded: ${nearest.join(" or ")}`,
    hint: "Give --epoch one of these, or run again with record.every_epochs: 1.",
  });
}
