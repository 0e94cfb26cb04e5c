import { keysOf, SCORE_PARAMETERS } from "../../engine/index.js";
import { type Contradiction, contradiction } from "./contradiction.js";
import { rewardsSchema } from "./index-subnet/rewards.js";
import { isRuleFile } from "./rule-file.js";
import type { PartialScenarioInput } from "./scenario-schema.js";
import { vestingSchema } from "./vesting.js";

/** Parameters of built-in rules alone; `retention_window_days` also says how holding is measured. */
const MULTIPLIER_KEYS = ["retention_target", "max_multiplier", "tiers"] as const;

/** Keys of the parameters of built-in scores. */
const SCORE_KEYS = Object.entries(SCORE_PARAMETERS).map(([name, parameter]) => keysOf(name, parameter)[0]);

/** What is stated beside a rule that does not take it. */
export function* plugInContradictions({ vesting, emission, index }: PartialScenarioInput): Iterable<Contradiction> {
  if (vesting !== undefined) yield* besideMultiplier(["vesting"], vesting);
  if (typeof emission === "object" && emission.recorded_rule !== null)
    yield* besideMultiplier(["emission", "recorded_rule"], emission.recorded_rule);
  if (index == null) return;
  const { score } = index.rewards;
  yield* besideRule(["index", "rewards", "score"], score.formula, score, rewardsSchema.parse({}).score, SCORE_KEYS);
}

function besideMultiplier(path: readonly string[], section: { readonly rule: string; readonly with?: unknown }): Iterable<Contradiction> {
  return besideRule(path, section.rule, section, vestingSchema.parse({}), MULTIPLIER_KEYS);
}

function* besideRule(
  path: readonly string[],
  rule: string,
  section: { readonly with?: unknown },
  defaults: object,
  keys: readonly string[],
): Iterable<Contradiction> {
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
  const otherwise = defaults as Readonly<Record<string, unknown>>;
  for (const key of keys) {
    if (JSON.stringify(stated[key]) === JSON.stringify(otherwise[key])) continue;
    yield contradiction([...path, key], "A rule of your own file takes no parameter of a built-in one.", {
      found: stated[key],
      allowed: "left out; what the file declares stands under `with`",
      hint: `Declare ${key} in ${rule} and state it under \`with\`.`,
    });
  }
}
