import { TenureError } from "../../engine/index.js";
import { ScenarioErrors } from "../../scenarios/index.js";
import type { ValueDifference } from "./value-differences.js";

/** Letters of a value that are shown. */
const LONGEST = 60;

function valueWords(value: unknown): string {
  if (value === undefined || value === null) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}

/** `streams.peers` of `streams.peers.miners`: a stream, a subnet, a group. */
function partOf(path: string): string {
  const [section, name] = path.split(".");
  return name === undefined ? section : `${section}.${name}`;
}

/**
 * Refuses a comparison by pairs where not the same streams meet the rules.
 * @param differences of what feeds the rules
 * @throws ScenarioErrors `TEN-COMPARE-001` for each stream, subnet or setting that is not the same
 */
export function refuseUnpaired(differences: readonly ValueDifference[]): void {
  const parts = new Map<string, string[]>();
  for (const { path, a, b } of differences) {
    const part = partOf(path);
    const inside = path === part ? "" : `${path.slice(part.length + 1)}: `;
    const words = `${inside}${valueWords(a)} in a, ${valueWords(b)} in b`;
    parts.set(part, [...(parts.get(part) ?? []), words]);
  }
  if (parts.size === 0) return;
  throw new ScenarioErrors(
    [...parts].map(
      ([path, words]) =>
        new TenureError({
          code: "TEN-COMPARE-001",
          what: "The two cannot be compared pair by pair: what feeds their rules is not the same.",
          place: { path },
          found: words.join("; "),
          allowed: "the same on both sides: streams, subnets, times, seed and who takes part; rules may differ",
          hint: "Make it the same. Two finished single runs can be compared whatever they are.",
        }),
    ),
  );
}
