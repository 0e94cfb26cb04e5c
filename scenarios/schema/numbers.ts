import { z } from "zod";

interface Range {
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
}

function inWords({ above, atLeast, below, atMost }: Range): string {
  const low = above !== undefined ? `above ${above}` : atLeast !== undefined ? `of at least ${atLeast}` : "";
  const high = below !== undefined ? `below ${below}` : atMost !== undefined ? `at most ${atMost}` : "";
  return [low, high].filter((bound) => bound !== "").join(" and ");
}

/** A finite number in a range. */
export function real(range: Range) {
  const error = `a number ${inWords(range)}`.trim();
  let schema = z.number({ error });
  if (range.above !== undefined) schema = schema.gt(range.above, { error });
  if (range.atLeast !== undefined) schema = schema.gte(range.atLeast, { error });
  if (range.below !== undefined) schema = schema.lt(range.below, { error });
  if (range.atMost !== undefined) schema = schema.lte(range.atMost, { error });
  return schema;
}

/** A whole number from `from` to `to`. */
export function whole(from: number, to: number) {
  const error = `a whole number from ${from} to ${to}`;
  return z.int({ error }).gte(from, { error }).lte(to, { error });
}

export const MAX_WHOLE = Number.MAX_SAFE_INTEGER;
