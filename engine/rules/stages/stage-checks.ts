import { TenureError } from "../../kernel/errors.js";
import { LARGEST_MULTIPLIER } from "../../kernel/ranges.js";
import { requireParameters } from "../parameter.js";
import { isRead, ruleLabel, ruleOf } from "../plug-in.js";
import { boundFactor, ceilingInList } from "./bound-factor.js";
import { stageOf } from "./index.js";
import type { StageConfiguration } from "./stage-configuration.js";

/** More stages than any list needs. */
export const MOST_STAGES = 32;

/** A list that makes no sense: its order, its length, or what its factors come to. */
export const STAGE_ORDER_CODE = "TEN-RULE-024";

/**
 * What is wrong with a list as a whole; null: nothing.
 * @returns `at`: index of the stage that is out of place
 */
export function stageOrderFault(
  stages: readonly StageConfiguration[],
): { readonly at: number; readonly what: string; readonly hint: string } | null {
  if (stages.length > MOST_STAGES) {
    return { at: MOST_STAGES, what: `a list has at most ${MOST_STAGES} stages`, hint: "Join stages of one kind." };
  }
  // Several multipliers multiply; together they are bounded as one is.
  let ceiling = 1;
  for (const [at, one] of stages.entries()) {
    if (!isKnown(one)) continue;
    const bound = boundFactor(one);
    if (bound !== null) ceiling *= ceilingInList(bound, true);
    if (ceiling <= LARGEST_MULTIPLIER) continue;
    const what = `the largest factors of the stages multiply to ${ceiling}, and more than ${LARGEST_MULTIPLIER} cannot be counted with`;
    return { at, what, hint: "Lower max_multiplier." };
  }
  for (const [at, { stage, parameters }] of stages.entries()) {
    if (stage !== "gate" || (parameters as { readonly below: string }).below !== "no_bonus") continue;
    if (stages.slice(at + 1).some(canBeBonus)) continue;
    return {
      at,
      what: "a gate with below: no_bonus takes the bonus of later multipliers, and none follows",
      hint: "Put the multiplier after it, or state below: zero or scale.",
    };
  }
  return null;
}

/** Was the file of every plug-in of a stage read? */
function isKnown({ stage, variant }: StageConfiguration): boolean {
  return isRead(stage) && isRead(variant);
}

/** Whether a bonus comes of it that a gate before can take; what is not known may be one. */
function canBeBonus(one: StageConfiguration): boolean {
  const { stage } = one;
  if (typeof stage === "string") return stage === "multiplier";
  return !isKnown(one) || boundFactor(one)?.isBonus === true;
}

/** @throws TenureError for a parameter out of its range, or a list in an order that makes no sense; `path` is that of the list */
export function requireStages(stages: readonly StageConfiguration[], path: string): void {
  stages.forEach(({ stage, parameters, variant, of }, i) => {
    const at = `${path}.${i}.${typeof stage === "string" ? stage : "plug_in.with"}`;
    const declared = stageOf(stage);
    requireParameters(declared.parameters, typeof stage === "string" ? parameters : stage.values, at);
    const variants = "variants" in declared ? declared.variants : undefined;
    if (typeof variant === "object") requireParameters(ruleOf(variant).parameters, variant.values, `${at}.with`);
    else if (variants !== undefined) requireParameters(variants.rules[variant as string].parameters, of as object, at);
  });
  const fault = stageOrderFault(stages);
  if (fault === null) return;
  throw new TenureError({
    code: STAGE_ORDER_CODE,
    what: `A list of stages makes no sense: ${fault.what}.`,
    place: { path: `${path}.${fault.at}` },
    found: stages.map(({ stage }) => ruleLabel(stage)).join(", "),
    allowed: "a list in which each stage does something",
    hint: fault.hint,
  });
}
