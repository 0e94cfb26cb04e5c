import { floor, min } from "../../kernel/math.js";

/** The Lorenz curve is recorded at tenths of the members. */
export const LORENZ_STEPS = 10;

/**
 * Lorenz curve: the share that the poorest k / steps of the members hold together, for k = 0..steps, a straight line
 * between members. From 0 to 1; the diagonal where there is nothing.
 *
 * @param ascending amounts, 0 or more, sorted
 */
export function lorenz(ascending: Float64Array, steps = LORENZ_STEPS): Float64Array {
  const count = ascending.length;
  let total = 0;
  for (let i = 0; i < count; i++) total += ascending[i];
  const points = new Float64Array(steps + 1);
  let held = 0;
  let members = 0;
  for (let k = 0; k <= steps; k++) {
    if (!(total > 0)) {
      points[k] = k / steps;
      continue;
    }
    const reached = (k * count) / steps;
    while (members < floor(reached)) held += ascending[members++];
    const part = members < count ? (reached - members) * ascending[members] : 0;
    points[k] = min(1, (held + part) / total);
  }
  return points;
}
