import { InvariantError } from "../../engine/index.js";

/**
 * The probability that a Student t variable lies within -t and t, for whole degrees of freedom: the finite sums of
 * Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3 (odd) and 26.7.4 (even).
 */
function withinProbability(t: number, degreesOfFreedom: number): number {
  const cosSquared = degreesOfFreedom / (degreesOfFreedom + t * t);
  const sin = t / Math.sqrt(degreesOfFreedom + t * t);
  const isOdd = degreesOfFreedom % 2 === 1;
  let term = isOdd ? Math.sqrt(cosSquared) : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= degreesOfFreedom - 2; k += 2) {
    term *= ((k - 1) / k) * cosSquared;
    sum += term;
  }
  if (!isOdd) return sin * sum;
  return (2 / Math.PI) * (Math.atan(t / Math.sqrt(degreesOfFreedom)) + sin * sum);
}

/**
 * Quantile of Student's t distribution: the t that a variable stays below with `probability`. Relative error below 1e-12 for
 * probabilities from 0.001 to 0.999; the time it takes grows with the degrees of freedom.
 * @param probability above 0 and below 1
 * @param degreesOfFreedom a whole number, 1 or more
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability > 0 && probability < 1)) throw new InvariantError(`a quantile of the probability ${probability}`);
  if (!Number.isSafeInteger(degreesOfFreedom) || degreesOfFreedom < 1) throw new InvariantError(`${degreesOfFreedom} degrees of freedom`);
  if (probability < 0.5) return -studentTQuantile(1 - probability, degreesOfFreedom);
  const within = 2 * probability - 1;
  let high = 1;
  while (withinProbability(high, degreesOfFreedom) < within) high *= 2;
  let low = high === 1 ? 0 : high / 2;
  for (;;) {
    const middle = low + (high - low) / 2;
    // Two neighbouring doubles have none between them.
    if (middle <= low || middle >= high) return middle;
    if (withinProbability(middle, degreesOfFreedom) < within) low = middle;
    else high = middle;
  }
}
