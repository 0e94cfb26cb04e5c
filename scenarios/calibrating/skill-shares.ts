import { math } from "../../engine/index.js";

const { abs, max } = math;
/** Rounds of the iteration; where all are there from the start the first is exact. */
const MOST_ROUNDS = 2_000;
/** Of the sum of all pay: a difference that no rao of a day's pot shows. */
const CLOSE_ENOUGH = 1e-12;

/** What a miner was paid, and the epoch from which it works, by index. */
export interface PaidFrom {
  readonly firstEpoch: number;
  /** In all, any unit; above 0. */
  readonly paid: number;
}

/**
 * Skills that pay each miner in all what it was paid, where an epoch shares its pot by skill among all who work by then, and who works
 * goes on to the end: paid_i = sum over t >= first_i of pot_t s_i / S_t, S_t the sum of skills of those with first <= t. Solved by
 * s_i <- paid_i / sum(pot_t / S_t), which never lowers the likelihood of the Plackett-Luce model (Hunter, "MM algorithms for
 * generalized Bradley-Terry models", Annals of Statistics 32, 2004, section 5).
 * @param pots what each epoch has to share, relative; above 0
 * @returns sum 1; shares of all pay where everybody works from the first epoch on
 */
export function skillShares(miners: readonly PaidFrom[], pots: Float64Array): Float64Array {
  const total = miners.reduce((sum, { paid }) => sum + paid, 0);
  const goal = Float64Array.from(miners, ({ paid }) => paid / total);
  const skills = Float64Array.from(goal);
  const potSum = pots.reduce((sum, pot) => sum + pot, 0);
  const arriving = new Float64Array(pots.length);
  /** Of skill 1 from an epoch on: what it is paid by the end, as a share of all. */
  const worth = new Float64Array(pots.length);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    arriving.fill(0);
    miners.forEach(({ firstEpoch }, i) => {
      arriving[firstEpoch] += skills[i];
    });
    // First what has come by each epoch, then backwards what is still to be shared.
    for (let t = 1; t < arriving.length; t++) arriving[t] += arriving[t - 1];
    let sum = 0;
    for (let t = pots.length - 1; t >= 0; t--) {
      if (arriving[t] > 0) sum += pots[t] / potSum / arriving[t];
      worth[t] = sum;
    }
    let farthest = 0;
    let all = 0;
    miners.forEach(({ firstEpoch }, i) => {
      farthest = max(farthest, abs(skills[i] * worth[firstEpoch] - goal[i]));
      skills[i] = goal[i] / worth[firstEpoch];
      all += skills[i];
    });
    for (let i = 0; i < skills.length; i++) skills[i] /= all;
    if (farthest <= CLOSE_ENOUGH) break;
  }
  return skills;
}
