import { abs, floor, max, min } from "./math.js";

/** How many single-letter changes (replace, insert, drop, swap two neighbours) turn one text into the other. */
export function letterChanges(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length];
}

/**
 * The known name that a misspelt one most likely means: the one with the fewest letters changed, at most a third of them. Capitals
 * and `-` for `_` do not count. Undefined when none is near. Ties: the earlier.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll("-", "_");
  let nearest: string | undefined;
  let least = max(2, floor(name.length / 3)) + 1;
  for (const candidate of known) {
    // At least so many letters differ: spares the count of most names of a very wide table.
    if (abs(candidate.length - name.length) >= least) continue;
    // So much longer that nothing of the candidate could be left.
    if (name.length >= 2 * candidate.length) continue;
    const changes = letterChanges(plain(name), plain(candidate));
    // A name of which nothing is left after the changes is no misspelling.
    if (changes < least && changes < candidate.length) {
      nearest = candidate;
      least = changes;
    }
  }
  return nearest;
}

/** So many letters of a name say which one is meant. */
const LEAST_PART = 4;

/**
 * The nearest name, else a known one that the name is a part of or that is a part of it, `amount` of `amount_rao`, the nearest in
 * length: for names of things in files of others, who leave words out and add some.
 */
export function nearestNameOrPart(name: string, known: readonly string[]): string | undefined {
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return nearest;
  const parts = known.filter((candidate) => isPart(name.toLowerCase(), candidate.toLowerCase()));
  const more = (candidate: string) => abs(candidate.length - name.length);
  return parts.reduce<string | undefined>((best, part) => (best === undefined || more(part) < more(best) ? part : best), undefined);
}

function isPart(a: string, b: string): boolean {
  return a.length < b.length ? a.length >= LEAST_PART && b.includes(a) : b.length >= LEAST_PART && a.includes(b);
}
