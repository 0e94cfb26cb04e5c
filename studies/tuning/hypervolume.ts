import { InvariantError } from "../../engine/index.js";

type Losses = readonly number[];

/**
 * The area or volume that points dominate, up to a reference: what of the box below the reference is worse than any of them
 * (Zitzler & Thiele 1998). Exact, for two or three objectives. A point that is not below the reference in every objective
 * adds nothing.
 * @param reference losses that count as bad, one an objective
 */
export function hypervolume(losses: readonly Losses[], reference: Losses): number {
  for (const one of [...losses, reference]) {
    const fits = one.length === reference.length && (one.length === 2 || one.length === 3) && one.every(Number.isFinite);
    if (!fits) throw new InvariantError(`a hypervolume of losses [${one.join(", ")}]`);
  }
  const inside = losses.filter((one) => one.every((loss, k) => loss < reference[k]));
  return reference.length === 2 ? area(inside, reference) : volume(inside, reference);
}

/** From the least first loss on, each point adds a rectangle below the ones before. */
function area(points: readonly Losses[], reference: Losses): number {
  let total = 0;
  let height = reference[1];
  for (const [x, y] of [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (y >= height) continue;
    total += (reference[0] - x) * (height - y);
    height = y;
  }
  return total;
}

/** Slices between two third losses, each as thick as it is and as large as what the points before it dominate. */
function volume(points: readonly Losses[], reference: Losses): number {
  const sorted = [...points].sort((a, b) => a[2] - b[2]);
  let total = 0;
  for (const [at, [, , z]] of sorted.entries()) {
    const next = sorted[at + 1]?.[2] ?? reference[2];
    if (next > z) total += (next - z) * area(sorted.slice(0, at + 1), reference);
  }
  return total;
}
