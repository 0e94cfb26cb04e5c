import { math } from "../../engine/index.js";

const { floor, max, min } = math;

/** How many single-letter changes (replace, insert, drop, swap two neighbours) turn one text into the other. */
function distance(a: string, b: string): number {
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

/** The known name that a misspelt one most likely means; undefined when none is near. Ties: the earlier. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll("-", "_");
  let nearest: string | undefined;
  let least = max(2, floor(name.length / 3)) + 1;
  for (const candidate of known) {
    // So much longer that nothing of the candidate could be left.
    if (name.length >= 2 * candidate.length) continue;
    const changes = distance(plain(name), plain(candidate));
    // A name of which nothing is left after the changes is no misspelling.
    if (changes < least && changes < candidate.length) {
      nearest = candidate;
      least = changes;
    }
  }
  return nearest;
}
