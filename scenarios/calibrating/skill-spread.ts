import { DAY_MS, math } from "../../engine/index.js";

const { abs, exp, ln, max, round, sqrt } = math;

/** Pays of one miner, epoch by epoch from `firstEpoch` on. */
export interface PaySeries {
  readonly firstEpoch: number;
  /** 0: not paid in the epoch. */
  readonly paidRao: Float64Array;
}

/** How the miners' skill goes up and down (docs/explanation/calibration.md). */
export interface SkillSpread {
  /** Standard deviation of the logarithm of skill in the long run. */
  readonly deviation: number;
  readonly halfLifeMs: number;
  readonly basis:
    | "estimated" /** From pays that lie `lagEpochs` and twice as far apart. */
    | "steady" /** Shares do not change. */
    | "uncorrelated" /** Shares of one epoch say nothing of the next: the half-life is a tenth of an epoch. */
    | "longer" /** Shares wander on as long as is recorded: the half-life is the whole recording. */
    | "too_little" /** Too few pays: skill stays as it is. */;
  /** Pairs of pays that the estimate rests on. */
  readonly pairs: number;
  readonly lagEpochs: number;
}

/** Pairs of pays at each of two distances, less one an epoch, from which anything is said. */
export const FEWEST_PAIRS = 100;
/** Half of the recording is the largest distance looked at. */
const EPOCHS_PER_LAG = 4;
/** Deviations below it are the rounding of pay to whole rao. */
const LEAST_DEVIATION = 5e-4;
const MOST_DEVIATION = 10;
const DIGITS = 1e4;
const DEFAULT_HALF_LIFE_MS = 14 * DAY_MS;

interface SpreadAtLag {
  readonly lag: number;
  readonly g: number;
  readonly r: number;
  readonly pairs: number;
}

/**
 * Deviation and half-life of an Ornstein-Uhlenbeck process from what miners were paid. With d_i = ln(pay_i(t + lag) / pay_i(t)) of those
 * whom both epochs paid, less its mean over them (which takes out pot, and who else was there), half the variance of d is
 *
 *     g(lag) = deviation^2 (1 - r(lag)),  r(lag) = e^(-ln 2 lag / half life),  so r(lag) = g(2 lag) / g(lag) - 1
 *
 * Of the lags 1, 2, 4, ... up to a quarter of the epochs the first with an r of 1/2 or less counts, or the one before it if its r is nearer
 * to 1/2, where a half-life shows best; where there is none, the last.
 * @param epochs of the subnet, by index
 * @param epochMs how long one is
 */
export function skillSpread(miners: readonly PaySeries[], epochs: number, epochMs: number): SkillSpread {
  const logs = miners.map(({ firstEpoch, paidRao }) => ({ firstEpoch, logs: paidRao.map((rao) => (rao > 0 ? ln(rao) : Number.NaN)) }));
  const steady = { deviation: 0, halfLifeMs: DEFAULT_HALF_LIFE_MS, lagEpochs: 0 };
  let best: SpreadAtLag | null = null;
  for (let lag = 1; EPOCHS_PER_LAG * lag <= epochs; lag *= 2) {
    const near = halfVariance(logs, epochs, lag);
    const far = halfVariance(logs, epochs, 2 * lag);
    if (near.pairs < FEWEST_PAIRS || far.pairs < FEWEST_PAIRS) continue;
    // What does not change at all is as sure as can be.
    const r = near.value === 0 ? 1 : far.value / near.value - 1;
    if (best === null || r > 0.5 || abs(r - 0.5) < abs(best.r - 0.5)) best = { lag, g: near.value, r, pairs: near.pairs };
    // What is left later is the noise of r.
    if (r <= 0.5) break;
  }
  if (best === null) return { ...steady, basis: "too_little", pairs: 0 };
  const { lag, g, pairs } = best;
  if (sqrt(g) < LEAST_DEVIATION) return { ...steady, basis: "steady", pairs };
  const whole = { pairs, lagEpochs: lag };
  const longest = exp((-ln(2) * lag) / epochs);
  if (best.r >= longest) {
    return { deviation: rounded(sqrt(g / (1 - longest))), halfLifeMs: statedSpan(epochs * epochMs), basis: "longer", ...whole };
  }
  // Nothing is left of it at the least distance that there is.
  const least = exp(-ln(2) * 10);
  if (best.r <= least) return { deviation: rounded(sqrt(g)), halfLifeMs: wholeSeconds(epochMs / 10), basis: "uncorrelated", ...whole };
  const halfLifeMs = (-ln(2) * lag * epochMs) / ln(best.r);
  return { deviation: rounded(sqrt(g / (1 - best.r))), halfLifeMs: statedSpan(halfLifeMs), basis: "estimated", ...whole };
}

/** Half the variance of how far logarithms of pay move against each other in `lag` epochs, and from how many moves less one an epoch. */
function halfVariance(
  miners: readonly { readonly firstEpoch: number; readonly logs: Float64Array }[],
  epochs: number,
  lag: number,
): { value: number; pairs: number } {
  const count = new Float64Array(epochs);
  const mean = new Float64Array(epochs);
  const squares = new Float64Array(epochs);
  for (const { firstEpoch, logs } of miners) {
    for (let k = 0; k + lag < logs.length; k++) {
      const move = logs[k + lag] - logs[k];
      if (Number.isNaN(move)) continue;
      const t = firstEpoch + k;
      // By Welford's recurrence, which loses nothing where moves are small against their mean.
      count[t] += 1;
      const before = move - mean[t];
      mean[t] += before / count[t];
      squares[t] += before * (move - mean[t]);
    }
  }
  let pairs = 0;
  let all = 0;
  for (let t = 0; t < epochs; t++) {
    if (count[t] < 2) continue;
    pairs += count[t] - 1;
    all += squares[t];
  }
  return { value: pairs === 0 ? 0 : all / pairs / 2, pairs };
}

function rounded(deviation: number): number {
  return deviation > MOST_DEVIATION ? MOST_DEVIATION : round(deviation * DIGITS) / DIGITS;
}

/** To a hundredth of a day, below a day to the minute. */
function statedSpan(timeMs: number): number {
  const unitMs = timeMs >= DAY_MS ? DAY_MS / 100 : 60_000;
  return max(1, round(timeMs / unitMs)) * unitMs;
}

/** At least as long as a half-life can be. */
function wholeSeconds(timeMs: number): number {
  return max(12, round(timeMs / 1_000)) * 1_000;
}
