import type { OpenRun } from "../../recorders/index.js";
import { readEpochs } from "../reading/epochs.js";
import { type PositionRow, readPositions } from "../reading/positions.js";
import { indexNetuidOf, kindOf, type RunRules, rulesToExplain } from "../rules.js";
import { takeIndexEpochs } from "./index-subnet/whole-run-parts.js";
import { type EpochRange, epochRanges } from "./whole-run/epoch-ranges.js";
import { readOwnEvents } from "./whole-run/own-events.js";
import { type PayPart, PayParts } from "./whole-run/pay-parts.js";
import { type RunColumns, readRunColumns } from "./whole-run/run-columns.js";

/** What the pay of one miner over a whole run is made of, and where it changed. */
export interface RunExplanation {
  readonly kind: "run";
  readonly position: PositionRow;
  readonly epochs: number;
  /** Epochs in which it had a weight. */
  readonly weighed_epochs: number;
  /** Paid as a miner in the epochs of the run; `parts` sum to it. */
  readonly paid_rao: bigint;
  /** As recorded, or what base weights alone would have paid. */
  readonly recorded_rao: bigint;
  readonly parts: readonly PayPart[];
  readonly ranges: readonly EpochRange[];
  /** What is to be recorded to know more, in words; null: nothing. */
  readonly lacks: string | null;
}

/** Of one miner over all epochs, in the order of the list, with its holdings as they were. */
export async function explainRun(run: OpenRun, wanted: number): Promise<RunExplanation> {
  const positions = await readPositions(run);
  const position = positions.get(wanted) as PositionRow;
  const { netuid } = position;
  const rules = await rulesToExplain(run, kindOf(run, netuid));
  const epochs = (await readEpochs(run)).of(netuid);
  const columns = await readRunColumns(run, positions, position, epochs);
  const parts = new PayParts(rules);
  if (netuid === indexNetuidOf(run)) await takeIndexEpochs(run, columns, parts, rules, wanted);
  else for (const { epoch } of epochs) parts.take(columns, epoch);
  const events = await readOwnEvents(run, wanted);
  return {
    kind: "run",
    position,
    epochs: epochs.length,
    weighed_epochs: epochs.reduce((count, { epoch }) => count + columns.weighed[epoch], 0),
    paid_rao: sumOf(columns.paidRao),
    recorded_rao: sumOf(columns.recordedRao),
    parts: parts.all.filter(({ amount_rao, term }) => amount_rao !== 0n || term === "base_weight"),
    ranges: epochRanges(columns, rules, events),
    lacks: lacking(run, rules, parts),
  };
}

function sumOf(column: RunColumns["paidRao"]): bigint {
  let sum = 0n;
  for (const value of column) sum += BigInt(value);
  return sum;
}

function lacking({ tables }: OpenRun, { record, stages }: RunRules, { missing }: PayParts): string | null {
  const absent = [...(["weights", "rewards", "exits", "flows"] as const), ...(stages === null ? [] : (["stage_weights"] as const))].filter(
    (table) => !tables.includes(table),
  );
  const keys = [
    ...(absent.length === 0 ? [] : [`record.tables: ${absent.join(", ")}`]),
    ...(missing > 0 && !absent.includes("stage_weights") ? ["record.stage_weights: every"] : []),
    ...(record.everyEpochs > 1 ? ["record.every_epochs: 1"] : []),
  ];
  return keys.length === 0 ? null : `Not all of it was recorded (${keys.join("; ")}).`;
}
