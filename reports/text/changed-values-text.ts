import type { ChangedValue } from "../compare/changed-values.js";
import { formatCount } from "../format/numbers.js";

/** Differences that are told one by one; all are in `--json`. */
const SHOWN = 6;
/** Letters of a value that are shown. */
const LONGEST = 48;

function valueWords(value: unknown): string {
  const text = inWords(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}

/** Lists and mappings as they are read aloud: `burn (share 0.1)`, `residual burn`, `1; 2`. */
function inWords(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : value.map(inWords).join("; ");
  if (typeof value !== "object") return String(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  if (entries.length === 0) return "nothing";
  return entries.map(([key, inner]) => (typeof inner === "object" ? `${key} (${inWords(inner)})` : `${key} ${inWords(inner)}`)).join(", ");
}

/** `vesting.max_multiplier 1.5 -> 2`, one text a difference. */
export function changedWords(changed: readonly ChangedValue[]): readonly string[] {
  const words = changed.slice(0, SHOWN).map(({ path, a, b }) => `${path} ${valueWords(a)} -> ${valueWords(b)}`);
  return changed.length > SHOWN ? [...words, `and ${formatCount(changed.length - SHOWN)} more (--json)`] : words;
}
