import type { NamedRow } from "../told/told-rows-of.js";
import { holdingWords } from "./holding-words.js";
import { isOfHolding, isOfSeat, type LargestEvent, type OwnEvent, type OwnEvents } from "./own-events.js";
import type { Series } from "./range-series.js";
import type { RunColumns } from "./run-columns.js";

/** Epochs on end in which a term moved one way, or stood still. */
export interface EpochRange {
  readonly from_epoch: number;
  readonly to_epoch: number;
  /**
   * `multiplier`, or where none is applied `shadow_multiplier`; the stage: `stage.1.curve`; of an index subnet also `tier`, `rank` and
   * `base_pool`, its share of what the ranked share. `none`: it had no weight.
   */
  readonly term: string;
  /** Where the scenario states the stage: `stages.1`; null: no stage. */
  readonly path: string | null;
  readonly change: "first" | "up" | "down" | "same" | "none";
  /** The term before the range and at its end; of a stage that gives out shares anew the share, of a tier its name. */
  readonly before: number | string | null;
  readonly after: number | string | null;
  /** Null: pay was not recorded. */
  readonly paid_rao: bigint | null;
  /** The largest event of its own that fell into it; null: none did. */
  readonly event: OwnEvent | null;
  /** How many did. */
  readonly events: number;
  /** Why, in words. */
  readonly words: string;
  /** The row of a stream that moved it, of collateral or scores; left out: none is known. */
  readonly row?: NamedRow;
}

/** Smaller changes of a term, relative to it, are none. */
const SAME = 1e-9;

/** Of whom, by what, and in which epochs it had any of it. */
export interface RangesOf {
  readonly columns: RunColumns;
  /** The first that moves names a range. */
  readonly series: readonly Series[];
  readonly events: OwnEvents;
  readonly isPayKnown: boolean;
  isThere(epoch: number): boolean;
}

/** Where the terms of a miner's pay changed over a run, and what made them. */
export function epochRanges(of: RangesOf): readonly EpochRange[] {
  const { columns, series, isPayKnown } = of;
  const ranges: EpochRange[] = [];
  let open: { change: EpochRange["change"]; term: number; from: number; to: number; paid: bigint } | null = null;
  let last = -1;
  const close = (): void => {
    if (open === null) return;
    ranges.push(rangeOf({ ...open, paid: isPayKnown ? open.paid : null }, of));
    open = null;
  };
  for (const { epoch } of columns.epochs) {
    const { change, term } = changeAt(of, last, epoch);
    const stands = change === "same" && open !== null && open.change !== "none" && series[open.term].isStep === true;
    if (open === null || (!stands && (isStepOf(series, change, term) || open.change !== change || open.term !== term))) {
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

/** Each step is a range of its own. */
function isStepOf(series: readonly Series[], change: EpochRange["change"], term: number): boolean {
  return (change === "up" || change === "down") && series[term].isStep === true;
}

function changeAt(
  { series, isThere }: RangesOf,
  before: number,
  epoch: number,
): { readonly change: EpochRange["change"]; readonly term: number } {
  if (!isThere(epoch)) return { change: "none", term: 0 };
  if (before < 0 || !isThere(before)) return { change: "first", term: 0 };
  for (let term = 0; term < series.length; term++) {
    const difference = series[term].at(epoch) - series[term].at(before);
    if (Math.abs(difference) > SAME * Math.abs(series[term].at(before))) return { change: difference > 0 ? "up" : "down", term };
  }
  return { change: "same", term: 0 };
}

function rangeOf(
  { change, term, from, to, paid }: { change: EpochRange["change"]; term: number; from: number; to: number; paid: bigint | null },
  { series, columns, events, isThere }: RangesOf,
): EpochRange {
  const one = series[term];
  const { epochs } = columns;
  const first = epochs.findIndex(({ epoch }) => epoch === from);
  // Where not every epoch was recorded, what happened since the one before counts, too.
  const start = first > 0 ? epochs[first - 1].end_ms : epochs[first].start_ms;
  const end = epochs.find(({ epoch }) => epoch === to)?.end_ms ?? start;
  const previous = epochs[first - 1]?.epoch;
  const isBefore = change !== "none" && previous !== undefined && isThere(previous);
  const shown = (epoch: number) => one.shown?.(epoch) ?? one.at(epoch);
  const range = { before: isBefore ? previous : null, from, to, startMs: start, endMs: end };
  const told = moves(one, change) ? one.cause?.({ ...range, change: change === "down" ? "down" : "up" }) : undefined;
  const wasThere = epochs.slice(0, Math.max(0, first)).some(({ epoch }) => isThere(epoch));
  return {
    from_epoch: from,
    to_epoch: to,
    term: change === "none" ? "none" : one.term,
    path: change === "none" ? null : one.path,
    change,
    before: isBefore ? shown(previous) : null,
    after: change === "none" ? null : shown(to),
    paid_rao: paid,
    ...(told ?? eventOf(change, one, ofOwn(change, one, events, start, end), columns.weighed[from] === 1, wasThere)),
  };
}

function moves({ isStep }: Series, change: EpochRange["change"]): boolean {
  return change === "up" || change === "down" || (change === "first" && isStep === true);
}

/** What its holding does not move has no event of it beside it; whether it has a weight at all is a matter of its seat. */
function ofOwn(change: EpochRange["change"], { byHolding }: Series, events: OwnEvents, start: number, end: number): LargestEvent {
  const isSeat = change === "first" || change === "none" || !byHolding;
  return events.largest(start, end, isSeat ? isOfSeat : isOfHolding);
}

function eventOf(
  change: EpochRange["change"],
  { byHolding }: Series,
  { largest, count }: LargestEvent,
  isWeighed: boolean,
  wasThere: boolean,
): Pick<EpochRange, "event" | "events" | "words"> {
  return { event: largest, events: count, words: wordsOf(change, byHolding, isWeighed, wasThere, largest) };
}

function wordsOf(change: EpochRange["change"], byHolding: boolean, isWeighed: boolean, wasThere: boolean, event: OwnEvent | null): string {
  switch (change) {
    case "none":
      return "no weight among the miners";
    case "first":
      if (wasThere) return isWeighed ? "a weight again" : "measured again";
      return isWeighed ? "first epoch with a weight" : "first epoch in which it was measured";
    case "same":
      return "as before";
    case "up":
      if (!byHolding) return "a better place among the others";
      return holdingWords(change, event);
    case "down":
      if (!byHolding) return "a worse place among the others";
      return holdingWords(change, event);
  }
}
