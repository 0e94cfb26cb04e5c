import { gini, nakamoto } from "../../engine/index.js";

/** How evenly an amount is spread over those who have a part in it. */
export interface Inequality {
  readonly members: number;
  /** 0: all alike; near 1: one has all. */
  readonly gini: number;
  /** How few together have more than half. */
  readonly nakamoto: number;
  /** Share of the ten with most, 0..1. */
  readonly top10_share: number;
  /** The Lorenz curve: [share of the members, the poorest first; share of the amount], from [0, 0] to [1, 1]. */
  readonly lorenz: readonly (readonly [number, number])[];
}

/** Points of a curve; more cannot be told apart. */
const MOST_STEPS = 100;

/** @param amounts of the members, 0 or more */
export function inequalityOf(amounts: Float64Array): Inequality {
  const ascending = amounts.slice().sort();
  const members = ascending.length;
  const total = ascending.reduce((sum, amount) => sum + amount, 0);
  const top10 = ascending.subarray(Math.max(0, members - 10)).reduce((sum, amount) => sum + amount, 0);
  return {
    members,
    gini: gini(ascending),
    nakamoto: nakamoto(ascending),
    top10_share: total > 0 ? top10 / total : 0,
    lorenz: lorenzOf(ascending, total),
  };
}

/** At members alone, so that every point is one of the curve. */
function lorenzOf(ascending: Float64Array, total: number): (readonly [number, number])[] {
  const members = ascending.length;
  if (!(total > 0))
    return [
      [0, 0],
      [1, 1],
    ];
  const every = Math.ceil(members / MOST_STEPS);
  const points: (readonly [number, number])[] = [[0, 0]];
  let held = 0;
  for (let at = 0; at < members; at++) {
    held += ascending[at];
    if ((members - 1 - at) % every === 0) points.push([(at + 1) / members, at === members - 1 ? 1 : held / total]);
  }
  return points;
}
