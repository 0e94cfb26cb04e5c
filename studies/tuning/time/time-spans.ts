import { type Span, TenureError } from "../../../engine/index.js";
import type { TimeSplit } from "../plan/tuning-plan.js";
import { combinatorialSplits, equalWindows, type Split, type Window, walkForward } from "../trust/splits.js";

/** Places in `TimeSpans.spans`. */
export interface TimeFold {
  /** What is learned from, and what is judged by. */
  readonly train: number;
  readonly judge: number;
  /** The parts of what is judged, where it has several: of combinatorial splits each group of it. */
  readonly groups: readonly number[];
}

/** Which parts of the time are measured apart, and what for. */
export interface TimeSpans {
  readonly spans: readonly Span[];
  readonly folds: readonly TimeFold[];
  /** Places of equal blocks of the time, for cross-validation. */
  readonly blocks: readonly number[];
  /** How the folds were made; `none`: there are none. */
  readonly kind: TimeSplit["kind"];
  /** What is left out between what is learned from and what is judged, and how far back the rule looks. */
  readonly gapMs: number;
  readonly windowMs: number;
  /** Why there are none, where nobody asked for none. */
  readonly reason: string | null;
}

export const NO_SPANS: TimeSpans = { spans: [], folds: [], blocks: [], kind: "none", gapMs: 0, windowMs: 0, reason: null };

/** Where nobody says: so many windows, or as many as are longer than the gap. */
const USUAL_WINDOWS = 4;
/** Blocks of the time that every choice of half of them is judged by the other half: 252 splits. */
const BLOCKS = 10;

/**
 * The spans of a validation.
 * @param split null: what fits
 * @param time of the scenario; null: it is not known before it is run
 * @param windowMs how far back the scenario's rule looks: the gap where none is stated
 * @throws TenureError TEN-TRUST-... for a split that the time does not allow
 */
export function timeSpans(split: TimeSplit | null, time: Window | null, windowMs: number): TimeSpans {
  if (split?.kind === "none") return NO_SPANS;
  if (time === null) {
    if (split === null) return { ...NO_SPANS, reason: "the scenario does not say how long it is" };
    throw new TenureError({
      code: "TEN-TUNE-142",
      what: "The time cannot be split: the scenario does not say how long it is.",
      place: { path: "validation" },
      found: split.kind,
      allowed: "a scenario with time.start and time.end or time.days, or a recording",
      hint: "State time.start and time.end in the scenario.",
    });
  }
  if (split !== null)
    return laidOut(split.kind, splitsOf(split, time, windowMs), time, split.kind === "combinatorial" ? split.groups : null, {
      gapMs: split.gapMs ?? windowMs,
      windowMs,
    });
  for (let windows = USUAL_WINDOWS; windows >= 2; windows--) {
    if ((time.toMs - 1 - time.fromMs) / windows > 2 * windowMs)
      return laidOut("walk_forward", walkForward(time, windows, { purgeMs: windowMs, embargoMs: 0 }), time, null, {
        gapMs: windowMs,
        windowMs,
      });
  }
  return { ...NO_SPANS, reason: "the time is too short: two windows, each twice as long as the rule looks back, do not fit" };
}

function splitsOf(split: Exclude<TimeSplit, { kind: "none" }>, time: Window, windowMs: number): readonly Split[] {
  const gaps = { purgeMs: split.gapMs ?? windowMs, embargoMs: split.embargoMs };
  return split.kind === "walk_forward"
    ? walkForward(time, split.windows, gaps, split.anchored)
    : combinatorialSplits(time, split.groups, split.judged, gaps);
}

/** @param groups of the time, of which combinatorial splits judge some; null: other splits */
function laidOut(
  kind: TimeSplit["kind"],
  splits: readonly Split[],
  time: Window,
  groups: number | null,
  looks: Pick<TimeSpans, "gapMs" | "windowMs">,
): TimeSpans {
  const spans: Span[] = [];
  const places = new Map<string, number>();
  const placeOf = (span: Span) => {
    const key = JSON.stringify(span);
    const known = places.get(key) ?? spans.push(span) - 1;
    places.set(key, known);
    return known;
  };
  const all = groups === null ? [] : equalWindows(time, groups);
  const folds = splits.map(({ train, judge }) => ({
    train: placeOf(train),
    judge: placeOf(judge),
    groups: all
      .filter(({ fromMs, toMs }) => judge.some((run) => run.fromMs <= fromMs && toMs <= run.toMs))
      .map((group) => placeOf([group])),
  }));
  const blocks = equalWindows(time, BLOCKS).map((window) => placeOf([window]));
  return { spans, folds, blocks, kind, ...looks, reason: null };
}
