import { TenureError } from "../../kernel/errors.js";
import { requireParameters } from "../parameter.js";
import { STAGES, type StageName } from "./index.js";

/** More stages than any list needs; so many ceilings of the largest multiplier multiply to what a double holds. */
export const MOST_STAGES = 32;

interface Listed {
  readonly stage: StageName;
  readonly parameters: object;
  readonly variant?: string;
  readonly of?: object;
}

/** A list in an order, or of a length, that makes no sense. */
export const STAGE_ORDER_CODE = "TEN-RULE-024";

/**
 * What is wrong with the order of a list; null: nothing.
 * @returns `at`: index of the stage that is out of place
 */
export function stageOrderFault(stages: readonly Listed[]): { readonly at: number; readonly what: string; readonly hint: string } | null {
  if (stages.length > MOST_STAGES) {
    return { at: MOST_STAGES, what: `a list has at most ${MOST_STAGES} stages`, hint: "Join stages of one kind." };
  }
  for (const [at, { stage, parameters }] of stages.entries()) {
    if (stage !== "gate" || (parameters as { readonly below: string }).below !== "no_bonus") continue;
    if (stages.slice(at + 1).some((later) => later.stage === "multiplier")) continue;
    return {
      at,
      what: "a gate with below: no_bonus takes the bonus of later multipliers, and none follows",
      hint: "Put the multiplier after it, or state below: zero or scale.",
    };
  }
  return null;
}

/** @throws TenureError for a parameter out of its range, or a list in an order that makes no sense; `path` is that of the list */
export function requireStages(stages: readonly Listed[], path: string): void {
  stages.forEach(({ stage, parameters, variant, of }, i) => {
    const declared = STAGES[stage];
    const at = `${path}.${i}.${stage}`;
    requireParameters(declared.parameters, parameters, at);
    const variants = "variants" in declared ? declared.variants : undefined;
    if (variants !== undefined) requireParameters(variants.rules[variant as string].parameters, of as object, at);
  });
  const fault = stageOrderFault(stages);
  if (fault === null) return;
  throw new TenureError({
    code: STAGE_ORDER_CODE,
    what: `Stages stand in an order that makes no sense: ${fault.what}.`,
    place: { path: `${path}.${fault.at}` },
    found: stages.map(({ stage }) => stage).join(", "),
    allowed: "an order in which each stage does something",
    hint: fault.hint,
  });
}
