/** How far something moved, on a log scale; 0 where one of them is not known, infinite from or to 0. */
export function logMoved(then: number, now: number): number {
  if (then === now || Number.isNaN(then) || Number.isNaN(now)) return 0;
  return Math.log(now) - Math.log(then);
}
