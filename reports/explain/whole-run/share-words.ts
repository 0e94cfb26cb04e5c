import { formatTerm } from "../../format/numbers.js";
import type { CauseRange } from "./cause.js";

/** What else than its share before moves the share that a stage gives. */
const BESIDES: Readonly<Record<string, string>> = {
  smooth: "the epochs before count, too",
  pools: "its pools count, with what others have in them",
  budget: "prices and what others have count",
};

/** What a miner enters a stage with, and what it has then, by epoch. */
export interface Shares {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** Why a stage that gives out shares anew gives a miner another one: what it entered the stage with, and what else that goes by. */
export function shareWords(stage: string, shares: Shares, range: CauseRange): string {
  const besides = BESIDES[stage] ?? "what others have counts";
  const { before, to } = range;
  const now = shares.before[to];
  const then = before === null ? Number.NaN : shares.before[before];
  if (Number.isNaN(now) || Number.isNaN(then)) return besides;
  const entered =
    now === then ? `its share before is still ${formatTerm(now)}` : `its share before is ${formatTerm(now)} after ${formatTerm(then)}`;
  const isAll = isLed(shares, range) && (stage !== "pools" || leadsMost(shares, range));
  return isAll && stage !== "smooth" ? entered : `${entered}; ${besides}`;
}

/** Did what it entered with move the way of the range? */
export function isLed({ before: shares }: Shares, { before, to, change }: CauseRange): boolean {
  if (before === null) return false;
  const by = shares[to] - shares[before];
  return change === "up" ? by > 0 : by < 0;
}

/** Is at least half of what the share moved, on a log scale, what it entered with? */
function leadsMost({ before: shares, after }: Shares, { before, to }: CauseRange): boolean {
  if (before === null) return false;
  return logMove(shares[before], shares[to]) >= logMove(after[before], after[to]) / 2;
}

/** How far something moved, on a log scale; infinite from or to 0. */
export function logMove(then: number, now: number): number {
  return then === now ? 0 : Math.abs(Math.log(now / then));
}
