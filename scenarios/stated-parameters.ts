import { type ParameterDeclarations, snakeCase, TenureError } from "../engine/index.js";
import { refusalsOf, valueAt } from "./reading/issues.js";
import { type Path, PlaceIndex } from "./reading/place-index.js";
import { ScenarioErrors } from "./scenario-errors.js";
import { SCENARIO_CODES } from "./schema/error-codes.js";
import { parameterValues } from "./schema/parameters.js";
import { withSchema } from "./schema/plug-in-rules.js";

/** What the file of a plug-in declares that parameters are checked by. */
export interface DeclaresParameters {
  readonly name: string;
  readonly parameters: object;
}

interface Stated {
  /** The file, as it is named. */
  readonly file: string;
  readonly given: Readonly<Record<string, unknown>>;
  /** Where it is stated. */
  readonly at: Path;
}

/**
 * Checks what is stated under `with` against what the file of a plug-in declares, and fills it up.
 * @param data that it was taken from, for errors
 */
export function checkStated(
  rule: DeclaresParameters,
  { file, given, at }: Stated,
  data: unknown,
  places: PlaceIndex,
): { readonly values: Readonly<Record<string, unknown>>; readonly refusals: readonly TenureError[] } {
  const { name } = rule;
  const parameters = rule.parameters as ParameterDeclarations;
  const stated = valueAt(data, at);
  // A key that no mapping of the schema keeps.
  if (typeof stated === "object" && stated !== null && Object.hasOwn(stated, "__proto__")) {
    const refusal = new TenureError({
      code: SCENARIO_CODES.unknownKey,
      what: `The rule ${name} declares no parameter __proto__.`,
      place: places.place([...at, "__proto__"], "key"),
      found: "__proto__",
      allowed: Object.keys(parameters).map(snakeCase).join(", ") || "nothing under `with`",
      hint: "Take it out.",
    });
    return { values: {}, refusals: [refusal] };
  }
  if (Object.keys(parameters).length === 0 && Object.keys(given).length > 0) {
    const refusal = new TenureError({
      code: SCENARIO_CODES.unknownKey,
      what: `The rule ${name} declares no parameters.`,
      place: places.place(at, "key"),
      found: Object.keys(given).join(", "),
      allowed: "nothing under `with`",
      hint: `Declare them in ${file}, or take them out.`,
    });
    return { values: {}, refusals: [refusal] };
  }
  const parsed = withSchema(parameters).safeParse(given);
  if (parsed.success) return { values: parsed.data, refusals: [] };
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: [...at, ...issue.path] }));
  return { values: {}, refusals: refusalsOf(issues, data, places) };
}

/**
 * What is stated for the parameters of a plug-in that no scenario names, by their names in code, defaults filled in.
 * @param file as it is named
 * @throws ScenarioErrors with everything that is wrong, each with a path that begins with `with`
 */
export function statedParameters(
  rule: DeclaresParameters,
  file: string,
  given: Readonly<Record<string, unknown>>,
): ReturnType<typeof parameterValues> {
  const { values, refusals } = checkStated(rule, { file, given, at: ["with"] }, { with: given }, new PlaceIndex());
  if (refusals.length > 0) throw new ScenarioErrors(refusals);
  return parameterValues(rule.parameters as ParameterDeclarations, values);
}
