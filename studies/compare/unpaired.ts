import { TenureError } from "../../engine/index.js";
import type { ValueDifference } from "./value-differences.js";

/** Differences that are named; the first are enough to see why. */
const SHOWN = 8;
/** Letters of a value that are shown. */
const LONGEST = 60;

function valueWords(value: unknown): string {
  if (value === undefined || value === null) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}

/**
 * Refuses a comparison by pairs where not the same streams meet the rules.
 * @param differences of what feeds the rules
 * @throws TenureError `TEN-COMPARE-001`
 */
export function refuseUnpaired(differences: readonly ValueDifference[]): void {
  const [first] = differences;
  if (first === undefined) return;
  const words = differences.slice(0, SHOWN).map(({ path, a, b }) => `${path}: ${valueWords(a)} in a, ${valueWords(b)} in b`);
  const more = differences.length > SHOWN ? [`and ${differences.length - SHOWN} more`] : [];
  throw new TenureError({
    code: "TEN-COMPARE-001",
    what: "The two cannot be compared pair by pair: what feeds their rules is not the same.",
    place: { path: first.path },
    found: [...words, ...more].join("; "),
    allowed: "scenarios that differ in rules alone: vesting, stages, emission, ledger, schedules, epochs, how an index subnet works",
    hint: "Make streams, time, subnets and seed the same. Two finished single runs can be compared whatever they are.",
  });
}
