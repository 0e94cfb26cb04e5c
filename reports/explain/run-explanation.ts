import type { OpenRun } from "../../recorders/index.js";
import { readEpochs } from "../reading/epochs.js";
import { type PositionRow, readPositions } from "../reading/positions.js";
import { isRecorded } from "../recorded-epochs.js";
import { indexNetuidOf, kindOf, type MultiplierEffect, multiplierEffect, type RunRules, rulesToExplain } from "../rules.js";
import { standingSeries } from "./index-subnet/standing-series.js";
import { takeIndexEpochs } from "./index-subnet/whole-run-parts.js";
import { OwnRows } from "./told/own-rows.js";
import { scoreColumnOf, toldRowsOf } from "./told/told-rows-of.js";
import { type EpochRange, epochRanges } from "./whole-run/epoch-ranges.js";
import { readOwnEvents } from "./whole-run/own-events.js";
import { type PayPart, PayParts } from "./whole-run/pay-parts.js";
import { type Series, seriesOf, WOULD_BE, wouldBeAt } from "./whole-run/range-series.js";
import { type RunColumns, readMeasured, readRunColumns } from "./whole-run/run-columns.js";

/** What the pay of one miner over a whole run is made of, and where it changed. */
export interface RunExplanation {
  readonly kind: "run";
  readonly position: PositionRow;
  readonly epochs: number;
  /** Epochs of which its pay was recorded; fewer than `epochs` with `record.every_epochs`, none without a table of pay. */
  readonly told_epochs: number;
  /** Recorded epochs in which it had a weight; null: weights were not recorded. */
  readonly weighed_epochs: number | null;
  /** Paid as a miner in those of which it was recorded; `parts` sum to it. Null: of none. */
  readonly paid_rao: bigint | null;
  /** As recorded, or what base weights alone would have paid, in the same epochs. */
  readonly recorded_rao: bigint | null;
  /** Paid in other roles in the recorded epochs, which no rule for miners changes; roles that paid it nothing are left out. */
  readonly other_roles: readonly { readonly role: string; readonly paid_rao: bigint }[];
  /** Paid over the whole run, in all roles. */
  readonly whole_run_paid_rao: bigint;
  /** What became of its multiplier: where it is not `applied` no part is of it. */
  readonly multiplier_effect: MultiplierEffect;
  /** Where it is not applied: what it would be at the end of the last recorded epoch; null: it is, or none is known. */
  readonly would_be_multiplier: number | null;
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
  const epochs = await readEpochs(run);
  const recorded = epochs.of(netuid).filter((row) => isRecorded(epochs, row, rules));
  const columns = await readRunColumns(run, positions, position, recorded);
  const hasWeights = run.tables.includes("weights");
  const parts = new PayParts(rules, hasWeights);
  const isIndex = netuid === indexNetuidOf(run);
  const isPayKnown = run.tables.includes("rewards") || (isIndex && run.tables.includes("payouts"));
  if (isPayKnown && isIndex) await takeIndexEpochs(run, columns, parts, rules, wanted);
  else if (isPayKnown) for (const { epoch } of recorded) parts.take(columns, epoch);
  const events = await readOwnEvents(run, wanted);
  const rows = new OwnRows(await toldRowsOf(run, rules), position, scoreColumnOf(run));
  const effect = multiplierEffect(rules);
  // Who shares no pot, such as a validator, is measured all the same.
  const isOnlyMeasured = !isIndex && (effect === "replay" || effect === "shadow") && !columns.weighed.includes(1);
  if (isOnlyMeasured) await readMeasured(run, columns, wanted);
  const listed = seriesOf(columns, rules, events, rows, position, run.pools ?? null);
  const standing = isIndex ? await standingSeries(run, rules, wanted, listed) : [];
  const isUnruled = standing.length > 0 && rules.stages === null && rules.index?.vestingMultipliers !== true;
  const series: readonly Series[] = isUnruled ? standing : [...standing, ...listed];
  const sharesPot = isIndex || effect !== "applied" ? (epoch: number) => columns.weighed[epoch] === 1 : columns.hasWeight.bind(columns);
  const isThere = (epoch: number) => sharesPot(epoch) || (series[0]?.term === WOULD_BE && !Number.isNaN(wouldBeAt(columns, epoch)));
  const movesPay = isIndex || effect === "applied";
  return {
    kind: "run",
    position,
    epochs: epochs.of(netuid).length,
    told_epochs: isPayKnown ? recorded.length : 0,
    weighed_epochs: hasWeights ? recorded.reduce((count, { epoch }) => count + Number(columns.hasWeight(epoch)), 0) : null,
    paid_rao: isPayKnown ? sumOf(columns.paidRao) : null,
    recorded_rao: isPayKnown ? sumOf(columns.recordedRao) : null,
    other_roles: [...columns.otherRolesRao].flatMap(([role, paid_rao]) => (paid_rao === 0n ? [] : [{ role, paid_rao }])),
    whole_run_paid_rao: position.at_end.paid_rao,
    multiplier_effect: effect,
    would_be_multiplier: effect === "replay" || effect === "shadow" ? lastWouldBe(columns) : null,
    parts: parts.all.filter(({ amount_rao, term }) => amount_rao !== 0n || term === "base_weight"),
    ranges: hasWeights && series.length > 0 ? epochRanges({ columns, series, events, isPayKnown, movesPay, isThere }) : [],
    lacks: lacking(run, rules, parts),
  };
}

function lastWouldBe(columns: RunColumns): number | null {
  const last = columns.epochs.at(-1)?.epoch;
  const value = last === undefined ? Number.NaN : wouldBeAt(columns, last);
  return Number.isNaN(value) ? null : value;
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
