/** Numbers of replicates, both ends included. */
export interface ReplicateRange {
  readonly from: number;
  readonly to: number;
}

/** The largest number a replicate can have: 32 bits in the tables. */
export const MOST_REPLICATE = 2_147_483_647;
/** A folder each. */
export const MOST_REPLICATES = 100_000;

/** Threads at the same time: more than any machine has cores, and each takes memory. */
export const MOST_JOBS = 256;

/** What `parseReplicates` takes, in words. */
export const REPLICATES_ALLOWED = `how many, from 1 to ${MOST_REPLICATES}, or a range such as 7..9 (both ends count), its numbers at most ${MOST_REPLICATE}`;

const WHOLE = /^\d{1,10}$/;

/** `100` is 0..99; `7..9` is 7, 8 and 9. Null: it is neither. */
export function parseReplicates(text: string): ReplicateRange | null {
  const parts = text.split("..");
  if (parts.length > 2 || !parts.every((part) => WHOLE.test(part))) return null;
  const [first, last] = parts.map(Number);
  const range = last === undefined ? { from: 0, to: first - 1 } : { from: first, to: last };
  return range.from <= range.to && range.to <= MOST_REPLICATE && countOf(range) <= MOST_REPLICATES ? range : null;
}

export const countOf = ({ from, to }: ReplicateRange): number => to - from + 1;

/** `0..99`; `7`. */
export const rangeText = ({ from, to }: ReplicateRange): string => (from === to ? String(from) : `${from}..${to}`);

/** A part of the replicates: of `count` parts the `index`-th, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What `parseShard` takes, in words. */
export const SHARD_ALLOWED = `i/n, such as 2/4: part i of n, with 1 <= i <= n <= ${MOST_REPLICATES}`;

/** Null: it is no such part. */
export function parseShard(text: string): Shard | null {
  const [, index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  return index >= 1 && index <= count && count <= MOST_REPLICATES ? { index, count } : null;
}

/**
 * The replicates of a part: every `count`-th from the `index`-th on, so that parts differ by one at most and a longer study has
 * the shorter one's parts in its own.
 */
export function replicatesOf({ from, to }: ReplicateRange, shard: Shard | null): number[] {
  const numbers: number[] = [];
  for (let at = from + (shard === null ? 0 : shard.index - 1); at <= to; at += shard?.count ?? 1) numbers.push(at);
  return numbers;
}
