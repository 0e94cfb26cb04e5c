import type { Series } from "./range-series.js";

/** How a miner's share moved in an epoch, and by what. */
export interface Change {
  readonly change: "first" | "up" | "down" | "same" | "none";
  /** Place of the term among the series. */
  readonly term: number;
  /** What of the term moved; null: it has no parts. */
  readonly part: string | null;
}

/** Smaller changes of a term, relative to it, are none. */
const SAME = 1e-9;

/** @param before the epoch before; below 0: there is none */
export function changeAt(series: readonly Series[], isThere: (epoch: number) => boolean, before: number, epoch: number): Change {
  const plain = { term: 0, part: null };
  if (!isThere(epoch)) return { change: "none", ...plain };
  if (before < 0 || !isThere(before)) return { change: "first", ...plain };
  for (const [term, one] of series.entries()) {
    if (one.effect !== undefined) return mostMoved(series, before, epoch);
    const difference = one.at(epoch) - one.at(before);
    if (Math.abs(difference) > SAME * Math.abs(one.at(before))) return { change: difference > 0 ? "up" : "down", term, part: null };
  }
  return { change: "same", ...plain };
}

/** Of those with an effect: what moved the share most in the direction in which it moved; of equal ones the first. */
function mostMoved(series: readonly Series[], before: number, epoch: number): Change {
  const shared = series.findLast(({ effect }) => effect !== undefined)?.effect;
  const [then, now] = [before, epoch].map((at) => shared?.share(at) ?? 0);
  const change = now > then ? "up" : "down";
  let most = 0;
  let term = -1;
  for (const [at, { effect }] of series.entries()) {
    const move = (effect?.move(before, epoch) ?? 0) * (now > then ? 1 : -1);
    if (move > most) [most, term] = [move, at];
  }
  if (!(Math.abs(now - then) > SAME * then) || term === -1) {
    // Of a share that stands the last stage is shown.
    const last = series.findLastIndex((one) => one.term.startsWith("stage."));
    return { change: "same", term: Math.max(0, last), part: null };
  }
  return { change, term, part: series[term].part?.({ before, to: epoch, change }) ?? null };
}
