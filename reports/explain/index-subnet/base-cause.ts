import type { RewardsConfiguration } from "../../../engine/index.js";
import { formatTokensShort } from "../../format/amount.js";
import { formatTerm } from "../../format/numbers.js";
import type { ScoreRow } from "../../index-subnet/index-rows.js";
import { type Cause, type CauseRange, causeInWords } from "../whole-run/cause.js";
import type { Series } from "../whole-run/range-series.js";
import type { Activity } from "./activity.js";
import { weightedVolume } from "./entitlement.js";

/** By what a participant's share of the base pool goes. */
export interface BaseBy {
  readonly rewards: RewardsConfiguration;
  /** The base pool goes by score, not by volume. */
  readonly byScore: boolean;
  /** What the participant did. */
  readonly activity: Activity;
  /** Of its own that its share is multiplied by. */
  readonly factors: readonly Series[];
}

const PART = "its part of the base pool";

/**
 * Why its share of the base pool moved: what it does, where that moved it most of what is its own; else a factor of its own; else what
 * others have.
 */
export function baseCause(
  range: CauseRange,
  { before, now }: { readonly before: ScoreRow | undefined; readonly now: ScoreRow | undefined },
  by: BaseBy,
): Cause {
  if (before === undefined || now === undefined) return causeInWords(PART);
  const weighed = weightOf(by);
  const [then, at] = [weighed(before), weighed(now)];
  const own = moved(then, at, range);
  const words = by.byScore ? wordsOf("score", formatTerm(at), formatTerm(then), then === at) : volumeWords(before, now, then === at);
  let most: { readonly size: number; readonly factor: Series } | null = null;
  for (const factor of by.factors) {
    const size = range.before === null ? 0 : moved(factor.at(range.before), factor.at(range.to), range);
    if (size > (most?.size ?? own)) most = { size, factor };
  }
  if (most !== null && range.before !== null) return ofFactor(most.factor, range, range.before);
  if (own > 0) return { words: `${PART}; ${words}`, ...by.activity.within(range.from, range.to) };
  return causeInWords(`${PART}; ${words}, and what others have of it ${range.change === "up" ? "fell" : "rose"}`);
}

function weightOf({ rewards, byScore }: BaseBy): (row: ScoreRow) => number {
  return (row) => (row.rank === 0 ? 0 : byScore ? row.score : row.standing * weightedVolume(rewards, row));
}

function wordsOf(what: string, now: string, then: string, isSame: boolean): string {
  return isSame ? `its ${what} is still ${now}` : `its ${what} is ${now} after ${then}`;
}

/** By volume, which may weigh something else where it is the same. */
function volumeWords(before: ScoreRow, now: ScoreRow, isSame: boolean): string {
  const [then, at] = [before, now].map(({ minted_rao, redeemed_rao }) => formatTokensShort(minted_rao + redeemed_rao));
  const words = wordsOf("volume", `${at} TAO`, then, isSame || at === then);
  if (isSame) return words;
  if (before.standing !== now.standing)
    return `${words}, of which anti-gaming leaves ${formatTerm(now.standing)} after ${formatTerm(before.standing)}`;
  return at === then ? `${words}, with another part of it minted` : words;
}

/** How far it moved the way of a range, relative to the larger: 0..1; 0: it moved the other way, or not. */
function moved(then: number, now: number, { change }: CauseRange): number {
  const by = change === "up" ? now - then : then - now;
  return by > 0 ? by / Math.max(Math.abs(then), Math.abs(now)) : 0;
}

function ofFactor(factor: Series, range: CauseRange, before: number): Cause {
  const numbers = `${formatTerm(factor.at(range.to))} after ${formatTerm(factor.at(before))}`;
  const { words, ...rest } = factor.cause?.(range) ?? { words: null, event: null, events: 0 };
  return { words: `${PART}; ${factor.term} is ${numbers}${words === null ? "" : `: ${words}`}`, ...rest };
}
