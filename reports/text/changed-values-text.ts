import type { ChangedValue } from "../compare/changed-values.js";
import { formatCount } from "../format/numbers.js";

/** Differences that are told one by one; all are in `--json`. */
const SHOWN = 6;
/** Letters of a value that are shown. */
const LONGEST = 48;

function valueWords(value: unknown): string {
  if (value === null || value === undefined) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}

/** `vesting.max_multiplier 1.5 -> 2`, one text a difference. */
export function changedWords(changed: readonly ChangedValue[]): readonly string[] {
  const words = changed.slice(0, SHOWN).map(({ path, a, b }) => `${path} ${valueWords(a)} -> ${valueWords(b)}`);
  return changed.length > SHOWN ? [...words, `and ${formatCount(changed.length - SHOWN)} more (--json)`] : words;
}
