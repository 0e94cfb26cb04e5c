import { type Contradiction, contradiction } from "./contradiction.js";
import { isRuleFile } from "./rule-file.js";
import type { PartialScenarioInput } from "./scenario-schema.js";
import { vestingSchema } from "./vesting.js";

/** Parameters of built-in rules alone; `retention_window_days` also says how holding is measured. */
const BUILT_IN_KEYS = ["retention_target", "max_multiplier", "tiers"] as const;

/** What is stated beside a rule that does not take it. */
export function* plugInContradictions({ vesting, emission }: PartialScenarioInput): Iterable<Contradiction> {
  if (vesting !== undefined) yield* besideRule(["vesting"], vesting);
  if (typeof emission === "object" && emission.recorded_rule !== null)
    yield* besideRule(["emission", "recorded_rule"], emission.recorded_rule);
}

function* besideRule(path: readonly string[], section: { readonly rule: string; readonly with?: unknown }): Iterable<Contradiction> {
  const { rule } = section;
  if (!isRuleFile(rule)) {
    if (section.with == null) return;
    yield contradiction([...path, "with"], "Parameters under `with` are those of a rule of your own file.", {
      found: section.with,
      allowed: `${rule} takes its parameters beside it`,
      hint: "Take out `with`, or name your file as the rule, such as ./my-rule.ts.",
    });
    return;
  }
  const stated = section as Readonly<Record<string, unknown>>;
  const defaults = vestingSchema.parse({}) as Readonly<Record<string, unknown>>;
  for (const key of BUILT_IN_KEYS) {
    if (JSON.stringify(stated[key]) === JSON.stringify(defaults[key])) continue;
    yield contradiction([...path, key], "A rule of your own file takes no parameter of a built-in one.", {
      found: stated[key],
      allowed: "left out; what the file declares stands under `with`",
      hint: `Declare ${key} in ${rule} and state it under \`with\`.`,
    });
  }
}
