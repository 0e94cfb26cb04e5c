import { InvariantError } from "../../kernel/errors.js";
import { RAO_PER_TOKEN } from "../../kernel/money.js";
import { fitTerms, numbersOf, ruleLabel, ruleOf } from "../plug-in.js";
import { type NamedTerm, Trace } from "../trace.js";
import { boundFactor } from "./bound-factor.js";
import { factsOf, type OneMiner } from "./one-miner.js";
import { ownRule } from "./own-rule.js";
import type { StageConfiguration } from "./stage-configuration.js";

/**
 * Every term of the factor of a miner, inputs first, the factor last: the formula itself, run once more.
 * @throws RuleFault of a plug-in that fails
 */
export function explainFactor(configuration: StageConfiguration, miner: OneMiner): readonly NamedTerm[] {
  const bound = boundFactor(configuration);
  if (bound === null) throw new InvariantError(`${ruleLabel(configuration.stage)} has no factor`);
  const trace = new Trace();
  const value = bound.factor(factsOf(miner), 0, trace);
  const own = ownRule(configuration);
  const isStage = own?.result === "factor";
  if (own === null || (!isStage && Number.isNaN(miner.heldShare))) return trace.terms;
  const held = { held_share: miner.heldShare, held_days: miner.heldDays };
  const inputs = { ...(isStage ? { stake: miner.stakeRao / RAO_PER_TOKEN } : {}), ...held, ...numbersOf(own.rule) };
  return fitTerms(trace, inputs, { name: own.result, value, formula: ruleOf(own.rule).meaning });
}
