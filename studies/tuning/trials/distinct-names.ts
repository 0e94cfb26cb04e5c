/**
 * Names that no two of are the same, whatever their case: a name that is taken gets `_2`, `_3` and so on.
 * @param taken names that are not given
 * @returns one for each, in the same order
 */
export function distinctNames(names: readonly string[], taken: readonly string[]): readonly string[] {
  const given = new Set(taken.map(folded));
  return names.map((name) => {
    let own = name;
    for (let at = 2; given.has(folded(own)); at++) own = `${name}_${at}`;
    given.add(folded(own));
    return own;
  });
}

/** As DuckDB compares names: only letters of ASCII have two cases. */
function folded(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
