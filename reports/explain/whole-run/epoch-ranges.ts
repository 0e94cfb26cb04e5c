import type { NamedRow } from "../told/told-rows-of.js";
import type { CauseRange } from "./cause.js";
import { holdingWords } from "./holding-words.js";
import { isOfHolding, isOfSeat, type LargestEvent, type OwnEvent, type OwnEvents } from "./own-events.js";
import { type Change, changeAt } from "./range-change.js";
import type { Series } from "./range-series.js";
import type { RunColumns } from "./run-columns.js";

/** Epochs on end in which a term moved one way, or stood still. */
export interface EpochRange {
  readonly from_epoch: number;
  readonly to_epoch: number;
  /**
   * `multiplier`, or where none is applied `shadow_multiplier`; of a list that which moved the share most: a stage (`stage.1.curve`), what
   * the factors of others make of one (`others.stage.2`) or `base_weight`; of an index subnet also `tier`, `rank` and `base_pool`, its share
   * of what the ranked share. `none`: it had no weight.
   */
  readonly term: string;
  /** Where the scenario states the stage: `stages.1`; null: no stage. */
  readonly path: string | null;
  readonly change: Change["change"];
  /** The term before the range and at its end; of a stage that gives out shares anew the share, of a tier its name. */
  readonly before: number | string | null;
  readonly after: number | string | null;
  /** Null: pay was not recorded. */
  readonly paid_rao: bigint | null;
  /**
   * How far its pay of an epoch moved: what its share of the pot, or its multiplier, is worth at the end beyond what it was before, of the
   * larger of both. Null: pay was not recorded, or the term moves none.
   */
  readonly moved_rao: bigint | null;
  /** The largest event of its own that fell into it; null: none did. */
  readonly event: OwnEvent | null;
  /** How many did. */
  readonly events: number;
  /** Why, in words. */
  readonly words: string;
  /** The row of a stream that moved it, of collateral or scores; left out: none is known. */
  readonly row?: NamedRow;
}

/** Of whom, by what, and in which epochs it had any of it. */
export interface RangesOf {
  readonly columns: RunColumns;
  /** Of those with an effect on the share the one that moved it most names a range, once none of the others moved; of these the first. */
  readonly series: readonly Series[];
  readonly events: OwnEvents;
  readonly isPayKnown: boolean;
  /** Does what its terms give it decide its pay? */
  readonly movesPay: boolean;
  isThere(epoch: number): boolean;
}

/** Where the terms of a miner's pay changed over a run, and what made them. */
export function epochRanges(of: RangesOf): readonly EpochRange[] {
  const { columns, series, isPayKnown, isThere } = of;
  const ranges: EpochRange[] = [];
  let open: (Span & { last: number; paid: bigint }) | null = null;
  const close = (): void => {
    if (open === null) return;
    ranges.push(rangeOf({ ...open, paid: isPayKnown ? open.paid : null }, of));
    open = null;
  };
  for (const [at, { epoch }] of columns.epochs.entries()) {
    const now = changeAt(series, isThere, columns.epochs[at - 1]?.epoch ?? -1, epoch);
    const { change, term, part } = now;
    const stands = change === "same" && open !== null && open.change !== "none" && series[open.term].isStep === true;
    const goesOn = open !== null && open.change === change && open.term === term && open.part === part;
    if (open === null || (!stands && (isStepOf(series, change, term) || !goesOn))) {
      close();
      open = { ...now, first: at, last: at, paid: 0n };
    }
    open.last = at;
    open.paid += BigInt(columns.paidRao[epoch]);
  }
  close();
  return ranges;
}

/** Epochs on end in which the same moved, by their places among those that are known. */
interface Span extends Change {
  readonly first: number;
  readonly last: number;
}

/** Each step is a range of its own. */
function isStepOf(series: readonly Series[], change: EpochRange["change"], term: number): boolean {
  return (change === "up" || change === "down") && series[term].isStep === true;
}

/** What an epoch's pay moved by a range's term; where it steps, or comes or goes, all that it moved then. */
function movedRao(of: RangesOf, { change, term }: Change, { before, from, to }: Pick<CauseRange, "before" | "from" | "to">): bigint | null {
  const one = of.series[term];
  const paid = (epoch: number | null) => (epoch === null ? 0 : of.columns.paidRao[epoch]);
  if (!of.isPayKnown || !of.movesPay) return null;
  if (change === "same") return 0n;
  if (before === null || change === "none" || one.isStep === true) return BigInt(paid(from) - paid(before));
  const [then, now] = [before, to].map((epoch) => one.effect?.share(epoch) ?? one.at(epoch));
  const moved = now > then ? paid(to) * (1 - then / now) : paid(before) * (now / then - 1);
  return BigInt(Math.round(Number.isNaN(moved) ? 0 : moved));
}

function rangeOf({ first, last, paid, ...moved }: Span & { paid: bigint | null }, of: RangesOf): EpochRange {
  const { series, columns, events, isThere } = of;
  const { change, term } = moved;
  const one = series[term];
  const { epochs } = columns;
  // Where not every epoch was recorded, what happened since the one before counts, too.
  const start = first > 0 ? epochs[first - 1].end_ms : epochs[first].start_ms;
  const { epoch: to, end_ms: end } = epochs[last];
  const { epoch: from } = epochs[first];
  const previous = epochs[first - 1]?.epoch;
  const before = previous !== undefined && isThere(previous) ? previous : null;
  const isBefore = change !== "none" && before !== null;
  const shown = (epoch: number) => one.shown?.(epoch) ?? one.at(epoch);
  const range = { before: isBefore ? before : null, from, to, startMs: start, endMs: end };
  const told = moves(one, change) ? one.cause?.({ ...range, change: change === "down" ? "down" : "up" }) : undefined;
  const wasThere = change === "first" && epochs.slice(0, first).some(({ epoch }) => isThere(epoch));
  return {
    from_epoch: from,
    to_epoch: to,
    term: change === "none" ? "none" : one.term,
    path: change === "none" ? null : one.path,
    change,
    before: isBefore ? shown(before) : null,
    after: change === "none" ? null : shown(to),
    paid_rao: paid,
    moved_rao: movedRao(of, moved, { before, from, to }),
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
