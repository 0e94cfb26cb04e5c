import { formatTerm } from "../../format/numbers.js";
import type { CauseRange } from "./cause.js";

/** What else than its share before moves the share that a stage gives. */
const BESIDES: Readonly<Record<string, string>> = {
  smooth: "the epochs before count, too",
  pools: "its pools count, with what others have in them",
  budget: "prices and what others have count",
};

/** Why a stage that gives out shares anew gives a miner another one: what it entered the stage with, and what else that goes by. */
export function shareWords(
  stage: string,
  { before: shares }: { readonly before: Float64Array },
  { before, to, change }: CauseRange,
): string {
  const besides = BESIDES[stage] ?? "what others have counts";
  const now = shares[to];
  const then = before === null ? Number.NaN : shares[before];
  if (Number.isNaN(now) || Number.isNaN(then)) return besides;
  const entered =
    now === then ? `its share before is still ${formatTerm(now)}` : `its share before is ${formatTerm(now)} after ${formatTerm(then)}`;
  const isLed = now !== then && now > then === (change === "up");
  return isLed && stage !== "smooth" ? entered : `${entered}; ${besides}`;
}
