import { type Contradiction, contradiction } from "./contradiction.js";
import { isRuleFile } from "./rule-file.js";

/**
 * What a section states beside a rule of a file, or under `with` beside a built-in one.
 * @param defaults of the section
 * @param keys of the parameters of built-in rules
 */
export function* besideRule(
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
