/** A preset as `path -> value`, applied where the scenario does not state the key (docs/explanation/presets.md). */
const PRESETS = {
  "bettensor-live": [
    [["vesting", "rounding"], "whole_days"],
    [["ledger", "on_invalid"], "clamp"],
    [["ledger", "equal_times"], "earlier_first"],
    [["vesting", "below_minimum"], "zero"],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [readonly [string, string], string])[]>>;

export const PRESET_NAMES = Object.keys(PRESETS) as [keyof typeof PRESETS, ...(keyof typeof PRESETS)[]];

type Mapping = Record<string, unknown>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a resolved scenario states otherwise than its preset, in words. */
export function presetWarnings(scenario: Readonly<Mapping>): string[] {
  if (typeof scenario.preset !== "string" || !Object.hasOwn(PRESETS, scenario.preset)) return [];
  return PRESETS[scenario.preset as keyof typeof PRESETS].flatMap(([[group, key], value]) => {
    const section = scenario[group];
    const stated = isMapping(section) ? section[key] : undefined;
    if (stated === value) return [];
    return [`${group}.${key} is ${String(stated)} as the scenario states, not ${value} as its preset ${scenario.preset} has it.`];
  });
}

/** Fills in what the scenario's preset says and the scenario does not. */
export function applyPreset(scenario: unknown): void {
  if (!isMapping(scenario) || typeof scenario.preset !== "string" || !Object.hasOwn(PRESETS, scenario.preset)) return;
  for (const [[group, key], value] of PRESETS[scenario.preset as keyof typeof PRESETS]) {
    if (scenario[group] === undefined) scenario[group] = {};
    const section = scenario[group];
    if (isMapping(section) && !Object.hasOwn(section, key)) section[key] = value;
  }
}
