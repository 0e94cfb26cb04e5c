import type { LineDifference } from "../compare/line-difference.js";

/**
 * Pay that moves, in rao: sum over positions and days of |difference|. What a position does not get shows a second time where it goes
 * instead (burn, unallocated, ...), so these lines count only where no position's pay moves: half of their sum, for one gives and one gets.
 */
export function movedIn(lines: readonly Pick<LineDifference, "kind" | "movedRao">[]): bigint {
  const sumOf = (kind: LineDifference["kind"]) => lines.reduce((sum, line) => (line.kind === kind ? sum + line.movedRao : sum), 0n);
  const ofPositions = sumOf("position");
  return ofPositions > 0n ? ofPositions : sumOf("rest") / 2n;
}
