import type { ValueDifference } from "../../../studies/index.js";

/** Sections of a scenario that terms of a kind are of. */
const SECTIONS: readonly (readonly [RegExp, RegExp])[] = [
  [/^multiplier\.|^redistribution\./, /^vesting\b/],
  [/^stage\./, /^stages\b/],
  [/^(score|tiers|pot|cap)\./, /^index\.rewards\b/],
  [/^consensus\./, /^index\.consensus\b/],
  [/^(activity|slashing|validator)\./, /^index\b/],
];

/** Values that a cause follows from: those of its section where any of it changed, else all. */
export function relevantChanges(cause: string, changed: readonly ValueDifference[]): readonly ValueDifference[] {
  const section = SECTIONS.find(([causes]) => causes.test(cause))?.[1];
  const own = section === undefined ? [] : changed.filter(({ path }) => section.test(path));
  return own.length > 0 ? own : changed;
}
