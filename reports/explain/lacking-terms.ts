import { asksPrice, goesBeyond, isRead } from "../../engine/index.js";
import { multiplierEffect, type RunRules } from "../rules.js";
import { needsTrace } from "../traced-stages.js";

/** Is there more to tell of a whole run than tables have: what the stages of pools did in every epoch? */
export function lacksPools(rules: RunRules): boolean {
  return rules.stages !== null && multiplierEffect(rules) !== "off" && rules.stages.stages.some(({ stage }) => stage === "pools");
}

/** Are there terms of an epoch that only a run with a trace has: of stages that go by more than holdings, or of Yuma? */
export function lacksTerms(rules: RunRules): boolean {
  if (rules.yuma != null) return true;
  if (rules.stages === null || multiplierEffect(rules) === "off") return false;
  return needsTrace(rules.stages.stages, (one) => !isRead(one.variant) || goesBeyond(one) !== null || asksPrice(one));
}
