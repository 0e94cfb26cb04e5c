import { isDeepStrictEqual } from "node:util";
import { askedFacts, keysOf, MULTIPLIER_PARAMETERS, ruleLabel } from "../../engine/index.js";
import type { Scenario } from "../../scenarios/index.js";

type Resolved = Scenario["resolved"];

/** What decides only how weights become shares, or says nothing of what happens: keys of a scenario. All others touch the ledger. */
const OPEN: readonly (readonly string[])[] = [
  ["name"],
  ["description"],
  ["record"],
  ["stages"],
  ...["mode", "rule", "minimum_stake", "minimum_stake_unit", "below_minimum", "redistribution"].map((key) => ["vesting", key]),
  ...Object.entries(MULTIPLIER_PARAMETERS).map(([name, parameter]) => ["vesting", keysOf(name, parameter)[0]]),
];

/**
 * Why the figures of pay of a trial cannot be computed from a tape of `base`, in words; null: they can. A key that is not known to be
 * harmless counts as one that touches what is owned.
 */
export function whyNotOpenLoop(base: Scenario, trial: Scenario): string | null {
  const { resolved, configuration } = base;
  if (resolved.emission.mode !== "replay")
    return `emission: ${resolved.emission.mode} pays by the rule, so that what is held depends on it`;
  if (resolved.closed_loop !== undefined) return "its miners decide for themselves (closed_loop), and see what the rule pays";
  if (resolved.handed_over !== undefined) return "positions are handed over (handed_over), and their miners see what the rule pays";
  if (resolved.index !== null) return "it has an index subnet, which pays by scores of its own";
  const remembering = trial.configuration.stages?.stages.find((one) => askedFacts(one).length > 0);
  if (remembering !== undefined) return `stage ${ruleLabel(remembering.stage)} goes by more than a tape holds`;
  if (base.plugIns !== null || trial.plugIns !== null) return "a rule comes from a file, and may remember what it was asked";
  const [differing] = closedDifferences(resolved, trial.resolved);
  if (differing !== undefined) return `${differing} decides what is held, or when epochs end`;
  if (!isDeepStrictEqual(configuration.emission, trial.configuration.emission)) {
    return "emission.recorded_rule takes over what it does not state from vesting, and decides the weights before the rule";
  }
  const { retentionScope, rounding, retentionWindowDays } = configuration.vesting;
  if (retentionWindowDays !== trial.configuration.vesting.retentionWindowDays) {
    if (retentionScope === "window") return "vesting.retention_window_days is the window of retention_scope: window";
    if (rounding === "whole_days") return "vesting.retention_window_days is where rounding: whole_days stops to count";
  }
  return null;
}

/** Keys in which two scenarios differ and that are not open, dotted. */
function closedDifferences(base: Resolved, trial: Resolved): readonly string[] {
  return differences(base, trial, [])
    .filter((path) => !OPEN.some((open) => open.every((key, i) => path[i] === key)))
    .map((path) => path.join("."));
}

function differences(a: unknown, b: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (isDeepStrictEqual(a, b)) return [];
  if (!isSection(a) || !isSection(b)) return [path];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => differences(a[key], b[key], [...path, key]));
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
