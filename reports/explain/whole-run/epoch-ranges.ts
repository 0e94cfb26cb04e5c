import { ruleLabel } from "../../../engine/index.js";
import type { RunRules } from "../../rules.js";
import { hasFactor, keeps } from "../../stage-step.js";
import { stagePath } from "../stage-path.js";
import type { OwnEvent, OwnEvents } from "./own-events.js";
import type { RunColumns } from "./run-columns.js";

/** Epochs on end in which a term moved one way, or stood still. */
export interface EpochRange {
  readonly from_epoch: number;
  readonly to_epoch: number;
  /** `multiplier`, or the stage: `stage.1.curve`; `none`: it had no weight. */
  readonly term: string;
  /** Where the scenario states the stage: `stages.1`; null: no stage. */
  readonly path: string | null;
  readonly change: "first" | "up" | "down" | "same" | "none";
  /** The term before the range and at its end; of a stage that gives out shares anew the share. */
  readonly before: number | null;
  readonly after: number | null;
  /** Null: pay was not recorded. */
  readonly paid_rao: bigint | null;
  /** The largest event of its own that fell into it; null: none did. */
  readonly event: OwnEvent | null;
  /** How many did. */
  readonly events: number;
  /** Why, in words. */
  readonly words: string;
}

/** Smaller changes of a term, relative to it, are none. */
const SAME = 1e-9;

interface Series {
  readonly term: string;
  readonly path: string | null;
  /** Does what it holds decide it? Otherwise its place among the others does. */
  readonly byHolding: boolean;
  at(epoch: number): number;
}

/** Where the terms of a miner's pay changed over a run, and what made them. */
export function epochRanges(columns: RunColumns, rules: RunRules, events: OwnEvents, isPayKnown: boolean): readonly EpochRange[] {
  const series = seriesOf(columns, rules);
  const ranges: EpochRange[] = [];
  let open: { change: EpochRange["change"]; term: number; from: number; to: number; paid: bigint } | null = null;
  let last = -1;
  const close = (): void => {
    if (open === null) return;
    ranges.push(rangeOf({ ...open, paid: isPayKnown ? open.paid : null }, series, columns, events));
    open = null;
  };
  for (const { epoch } of columns.epochs) {
    const { change, term } = changeAt(columns, series, last, epoch);
    if (open === null || open.change !== change || open.term !== term) {
      close();
      open = { change, term, from: epoch, to: epoch, paid: 0n };
    }
    open.to = epoch;
    open.paid += BigInt(columns.paidRao[epoch]);
    last = epoch;
  }
  close();
  return ranges;
}

function seriesOf(columns: RunColumns, { stages, stagesStated }: RunRules): readonly Series[] {
  if (stages === null) return [{ term: "multiplier", path: null, byHolding: true, at: (epoch) => columns.factor[epoch] }];
  const listed = stages.stages.flatMap((one, index): Series[] => {
    const row = columns.stages.get(index + 1);
    if (row === undefined || keeps(one)) return [];
    const byHolding = hasFactor(one);
    const values = byHolding ? row.factor : row.after;
    const term = `stage.${index + 1}.${ruleLabel(one.stage)}`;
    return [{ term, path: stagePath(term, stagesStated), byHolding, at: (epoch) => values[epoch] }];
  });
  return listed.length > 0 ? listed : [{ term: "final_weight", path: null, byHolding: false, at: (epoch) => columns.final[epoch] }];
}

function changeAt(
  { weighed }: RunColumns,
  series: readonly Series[],
  before: number,
  epoch: number,
): { readonly change: EpochRange["change"]; readonly term: number } {
  if (weighed[epoch] === 0) return { change: "none", term: 0 };
  if (before < 0 || weighed[before] === 0) return { change: "first", term: 0 };
  for (let term = 0; term < series.length; term++) {
    const difference = series[term].at(epoch) - series[term].at(before);
    if (Math.abs(difference) > SAME * Math.abs(series[term].at(before))) return { change: difference > 0 ? "up" : "down", term };
  }
  return { change: "same", term: 0 };
}

function rangeOf(
  { change, term, from, to, paid }: { change: EpochRange["change"]; term: number; from: number; to: number; paid: bigint | null },
  series: readonly Series[],
  { epochs, weighed }: RunColumns,
  events: OwnEvents,
): EpochRange {
  const one = series[term];
  const first = epochs.findIndex(({ epoch }) => epoch === from);
  // Where not every epoch was recorded, what happened since the one before counts, too.
  const start = first > 0 ? epochs[first - 1].end_ms : epochs[first].start_ms;
  const end = epochs.find(({ epoch }) => epoch === to)?.end_ms ?? start;
  const { largest, count } = events.within(start, end, change === "first" || change === "none" || !one.byHolding);
  const previous = epochs[first - 1]?.epoch;
  const isKnown = change !== "none" && previous !== undefined && weighed[previous] === 1;
  return {
    from_epoch: from,
    to_epoch: to,
    term: change === "none" ? "none" : one.term,
    path: change === "none" ? null : one.path,
    change,
    before: isKnown ? one.at(previous) : null,
    after: change === "none" ? null : one.at(to),
    paid_rao: paid,
    event: largest,
    events: count,
    words: wordsOf(change, one.byHolding, largest),
  };
}

function wordsOf(change: EpochRange["change"], byHolding: boolean, event: OwnEvent | null): string {
  switch (change) {
    case "none":
      return "no weight among the miners";
    case "first":
      return "first epoch with a weight";
    case "same":
      return "as before";
    case "up":
      if (!byHolding) return "a better place among the others";
      return event !== null && event.tranches > 0 ? "what it holds aged, or more came, in spite of" : "what it holds aged, or more came";
    case "down":
      if (!byHolding) return "a worse place among the others";
      return event === null ? "what it holds is younger, or less of it counts" : "less is held";
  }
}
