import { STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";
import { nearestNameOrPart } from "../../../scenarios/index.js";
import type { ValueMap } from "./table-arguments.js";

/**
 * Checks that `--value` and `--const` name choices that their columns have, before any row is read: a text that no row holds
 * would hide a misspelt one.
 * @throws TenureError `TEN-IMPORT-013`
 */
export function checkStatedChoices(kind: StreamKind, values: ValueMap, constants: Readonly<Record<string, string>>): void {
  for (const { name, type, values: choices = [] } of STREAMS[kind].columns) {
    if (type !== "choice") continue;
    const meant = Object.hasOwn(values, name) ? Object.entries(values[name]) : [];
    const stated = meant.map(([text, choice]) => ({ option: `--value ${name}:${text}=`, choice }));
    if (Object.hasOwn(constants, name)) stated.push({ option: `--const ${name}=`, choice: constants[name] });
    for (const { option, choice } of stated) {
      // Nothing at all says that a value is missing.
      if (choice.trim() === "" || choices.includes(choice.trim())) continue;
      const near = nearestNameOrPart(choice, choices);
      throw new TenureError({
        code: "TEN-IMPORT-013",
        what: `There is no such ${name}.`,
        place: { path: `${option}${choice}` },
        found: choice.trim(),
        allowed: choices.join(", "),
        hint: near === undefined ? `Behind the = stands one of these, for example '${option}${choices[0]}'` : `Did you mean "${near}"?`,
      });
    }
  }
}
