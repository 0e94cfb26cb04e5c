import { TenureError } from "../../../engine/index.js";
import { binomial, subsets } from "./subsets.js";

/** Instants in milliseconds, the end not included. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is learned from, and what is judged by. */
export interface Split {
  /** Ascending, without a common instant; at least one. */
  readonly train: readonly Window[];
  /** Ascending, without a common instant; at least one. */
  readonly judge: readonly Window[];
}

/** What keeps one part of a split from knowing of the other. */
export interface Gaps {
  /** How far what happens at an instant reaches ahead, as what is held: training ends so much before what is judged begins. 0 or more. */
  readonly purgeMs: number;
  /** How long after it the other part is still under its influence: so much is left out at the beginning of what comes later. 0 or more. */
  readonly embargoMs: number;
}

/** More splits than anybody evaluates. */
const MOST_SPLITS = 10_000;

/**
 * Equal windows of a time, each whole milliseconds long.
 * @param count 1 or more
 */
export function equalWindows({ fromMs, toMs }: Window, count: number): readonly Window[] {
  const border = (at: number) => fromMs + Math.floor(((toMs - fromMs) * at) / count);
  return Array.from({ length: count }, (_, at) => ({ fromMs: border(at), toMs: border(at + 1) }));
}

/**
 * Walk forward: the time is cut into equal windows; what is learned on one is judged on the next. Of the window learned from the
 * last `purgeMs` are left out, of the window judged the first `embargoMs`.
 * @param windows 2 or more
 * @param anchored learn from all windows before, not from the last one alone
 * @throws TenureError where there are too few windows, or nothing is left of one
 */
export function walkForward(time: Window, windows: number, { purgeMs, embargoMs }: Gaps, anchored = false): readonly Split[] {
  requireParts("validation.windows", windows, 2);
  const all = equalWindows(time, windows);
  return all.slice(1).map((judged, at) => ({
    train: [nonEmpty({ fromMs: all[anchored ? 0 : at].fromMs, toMs: all[at].toMs - purgeMs }, windows)],
    judge: [nonEmpty({ fromMs: judged.fromMs + embargoMs, toMs: judged.toMs }, windows)],
  }));
}

/**
 * Combinatorial purged splits (M. López de Prado, "Advances in financial machine learning", 2018, chapters 7 and 12): the time is
 * cut into equal groups, each choice of `judged` of them is judged once, and all others are learned from. Training loses the
 * last `purgeMs` before what is judged; after it the first `purgeMs` and `embargoMs` more.
 * @param groups 2 or more
 * @param judged 1 or more, fewer than groups
 * @returns n over k splits, in lexicographic order of the groups judged
 * @throws TenureError for too few groups or too many splits, and where nothing is left to learn from
 */
export function combinatorialSplits(time: Window, groups: number, judged: number, { purgeMs, embargoMs }: Gaps): readonly Split[] {
  requireParts("validation.groups", groups, 2);
  const fits = Number.isSafeInteger(judged) && judged >= 1 && judged < groups;
  if (!fits || binomial(groups, judged) > MOST_SPLITS) {
    throw new TenureError({
      code: "TEN-TRUST-002",
      what: "So many groups cannot be judged at once.",
      place: { path: "validation.judged" },
      found: judged,
      allowed: `a whole number from 1 to ${groups - 1} that makes at most ${MOST_SPLITS} splits`,
      hint: "Two are usual.",
    });
  }
  const all = equalWindows(time, groups);
  return [...subsets(groups, judged)].map((chosen) => {
    const isJudged = all.map((_, at) => chosen.includes(at));
    const trained = runs(
      all,
      isJudged.map((is) => !is),
    ).map(({ fromMs, toMs }) => ({
      fromMs: fromMs === time.fromMs ? fromMs : fromMs + purgeMs + embargoMs,
      toMs: toMs === time.toMs ? toMs : toMs - purgeMs,
    }));
    const train = trained.filter(({ fromMs, toMs }) => fromMs < toMs);
    if (train.length === 0) nonEmpty(trained[0], groups);
    return { train, judge: runs(all, isJudged) };
  });
}

/** Windows that are marked, neighbours made one. */
function runs(windows: readonly Window[], isMarked: readonly boolean[]): readonly Window[] {
  const found: Window[] = [];
  for (const [at, window] of windows.entries()) {
    if (!isMarked[at]) continue;
    const before = at > 0 && isMarked[at - 1] ? found.pop() : undefined;
    found.push({ fromMs: before?.fromMs ?? window.fromMs, toMs: window.toMs });
  }
  return found;
}

function requireParts(path: string, parts: number, least: number): void {
  if (Number.isSafeInteger(parts) && parts >= least && parts <= MOST_SPLITS) return;
  throw new TenureError({
    code: "TEN-TRUST-001",
    what: "A validation needs more than one part of the time.",
    place: { path },
    found: parts,
    allowed: `a whole number from ${least} to ${MOST_SPLITS}`,
    hint: "What is learned on one part is judged on another.",
  });
}

function nonEmpty(window: Window, parts: number): Window {
  if (window.fromMs < window.toMs) return window;
  throw new TenureError({
    code: "TEN-TRUST-003",
    what: "Nothing is left of a part of the time between the gaps.",
    place: { path: "validation" },
    found: parts,
    allowed: "parts longer than gap (purge) and embargo together",
    hint: "Take fewer parts, shorter gaps or a longer time: so little data cannot decide.",
  });
}
