import { studentTQuantile } from "../statistics/student-t.js";

/** Two-sided confidence of every interval. */
export const UPPER = 0.975;
/** How often a difference of the size looked for is to be told from none. */
export const POWER = 0.8;

/** Quantiles of the standard normal distribution. */
const NORMAL = { [UPPER]: 1.959963984540054, [POWER]: 0.8416212335729143 } as const;

/** From here on four terms of an expansion about the normal distribution are exact to 1e-12, and take no time. */
const MANY = 1_000;

const known = new Map<string, number>();

/**
 * Quantile of Student's t at one of the two probabilities that comparisons ask for, again and again and for any number of pairs:
 * above 1000 degrees of freedom by the expansion of Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.5.
 */
export function tQuantile(probability: typeof UPPER | typeof POWER, degreesOfFreedom: number): number {
  if (degreesOfFreedom > MANY) return expansion(NORMAL[probability], degreesOfFreedom);
  const key = `${probability} ${degreesOfFreedom}`;
  const found = known.get(key) ?? studentTQuantile(probability, degreesOfFreedom);
  known.set(key, found);
  return found;
}

function expansion(x: number, degreesOfFreedom: number): number {
  const [x3, x5, x7, x9] = [x ** 3, x ** 5, x ** 7, x ** 9];
  const terms = [
    (x3 + x) / 4,
    (5 * x5 + 16 * x3 + 3 * x) / 96,
    (3 * x7 + 19 * x5 + 17 * x3 - 15 * x) / 384,
    (79 * x9 + 776 * x7 + 1482 * x5 - 1920 * x3 - 945 * x) / 92160,
  ];
  return terms.reduce((sum, term, at) => sum + term / degreesOfFreedom ** (at + 1), x);
}
