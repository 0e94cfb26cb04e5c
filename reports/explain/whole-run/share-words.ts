import { ruleLabel, type StageConfiguration } from "../../../engine/index.js";
import { formatTerm } from "../../format/numbers.js";
import { statedDecimal } from "../../format/stated-decimal.js";
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
export function shareWords(one: StageConfiguration, shares: Shares, range: CauseRange): string {
  const limit = limitWords(one, shares, range);
  if (limit !== null) return limit;
  const stage = ruleLabel(one.stage);
  const besides = BESIDES[stage] ?? "what others have counts";
  const entered = enteredWords(shares, range);
  if (entered === null) return besides;
  const isAll = isLed(shares, range) && leadsMost(shares, range);
  return isAll && stage !== "smooth" ? entered : `${entered}; ${besides}`;
}

/** What it has before a stage, beside what it had; null: one of them is not known. */
export function enteredWords(shares: Shares, { before, to }: CauseRange): string | null {
  const now = shares.before[to];
  const then = before === null ? Number.NaN : shares.before[before];
  if (Number.isNaN(now) || Number.isNaN(then)) return null;
  return now === then ? `its share before is still ${formatTerm(now)}` : `its share before is ${formatTerm(now)} after ${formatTerm(then)}`;
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

/** Of a stage that limits shares: where the miner came under the limit, or from it; null: it did not. */
function limitWords(
  { stage, parameters }: StageConfiguration,
  { before: entered, after }: Shares,
  { before, to }: CauseRange,
): string | null {
  if (before === null) return null;
  const [then, now] = [entered[before], entered[to]];
  const { maxShare = 1, minShare = 0 } = parameters as { readonly maxShare?: number; readonly minShare?: number };
  const crossed = (was: boolean, is: boolean, limit: string) =>
    was === is ? null : `its share before, ${formatTerm(now)}, is ${is ? "" : "no longer "}${limit}`;
  switch (stage) {
    case "cap":
      return crossed(then > maxShare, now > maxShare, `above max_share ${statedDecimal(maxShare)}`);
    case "floor":
      if (!(then > 0 && now > 0)) return null;
      return crossed(then < minShare, now < minShare, `below min_share ${statedDecimal(minShare)}`);
    case "threshold":
      return crossed(then > 0 && after[before] === 0, now > 0 && after[to] === 0, "below what the threshold asks for");
    default:
      return null;
  }
}
