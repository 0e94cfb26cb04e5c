import { TenureError } from "../../kernel/errors.js";
import { LARGEST_MULTIPLIER } from "../../kernel/ranges.js";
import { requireParameters } from "../parameter.js";
import { STAGES } from "./index.js";
import type { StageConfiguration } from "./stage-configuration.js";

/** More stages than any list needs. */
export const MOST_STAGES = 32;

/** A list in an order, or of a length, that makes no sense. */
export const STAGE_ORDER_CODE = "TEN-RULE-024";

/**
 * What is wrong with the order of a list; null: nothing.
 * @returns `at`: index of the stage that is out of place
 */
export function stageOrderFault(
  stages: readonly StageConfiguration[],
): { readonly at: number; readonly what: string; readonly hint: string } | null {
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
export function requireStages(stages: readonly StageConfiguration[], path: string): void {
  stages.forEach(({ stage, parameters, variant, of }, i) => {
    const declared = STAGES[stage];
    const at = `${path}.${i}.${stage}`;
    requireParameters(declared.parameters, parameters, at);
    const variants = "variants" in declared ? declared.variants : undefined;
    if (variants !== undefined) requireParameters(variants.rules[variant as string].parameters, of as object, at);
  });
  requireCeilings(stages, path);
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

/** Several multipliers multiply; together they are bounded as one is. */
function requireCeilings(stages: readonly StageConfiguration[], path: string): void {
  let ceiling = 1;
  stages.forEach(({ stage, parameters, variant, of }, i) => {
    const declared = STAGES[stage];
    if (declared.effect !== "factor") return;
    ceiling *= declared.bind({ ...parameters, variant, of } as never).ceiling;
    if (ceiling <= LARGEST_MULTIPLIER) return;
    throw new TenureError({
      code: STAGE_ORDER_CODE,
      what: "The largest factors of the stages multiply to more than can be counted with.",
      place: { path: `${path}.${i}.${stage}` },
      found: ceiling,
      allowed: `factors whose largest values multiply to at most ${LARGEST_MULTIPLIER}`,
    });
  });
}
