/** What the public simulator adds to a sum before it divides by it, so that nothing is divided by 0. */
export const EPSILON = 1e-6;

/** A part of a whole; 0 of nothing. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
