import { letterChanges } from "./letter-changes.js";

/** So many letters of a name say which one is meant. */
const LEAST_PART = 4;

/** Is one of the names a part of the other: `amount` of `amount_rao`? */
function isPart(a: string, b: string): boolean {
  const [shorter, longer] = [a.toLowerCase(), b.toLowerCase()].sort((x, y) => x.length - y.length);
  return shorter.length >= LEAST_PART && longer.includes(shorter);
}

/** The known name that a misspelt one most likely means; undefined when none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 2)) + 1;
  for (const candidate of known) {
    // At least so many letters differ: spares the count of most names of a very wide table.
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const changes = letterChanges(name.toLowerCase(), candidate.toLowerCase());
    if (changes < least) [nearest, least] = [candidate, changes];
  }
  return nearest ?? (name.length < LEAST_PART ? undefined : known.find((candidate) => isPart(name, candidate)));
}

/** `Did you mean "x"?`, as an entry of a refusal, where a name is near. */
export function nearestNameHint(name: string, known: readonly string[]): { readonly hint?: string } {
  const nearest = nearestName(name, known);
  return nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` };
}
