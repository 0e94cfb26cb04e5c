import { InvariantError } from "../../kernel/errors.js";
import { RAO_PER_TOKEN } from "../../kernel/money.js";
import { fitTerms, numbersOf, ruleLabel, ruleOf } from "../plug-in.js";
import { type NamedTerm, Trace } from "../trace.js";
import { boundFactor } from "./bound-factor.js";
import { factsOf, type OneMiner } from "./one-miner.js";
import type { Stage } from "./stage.js";
import type { StageConfiguration } from "./stage-configuration.js";

/**
 * Every term of the factor of a miner, inputs first, the factor last: the formula itself, run once more.
 * @throws RuleFault of a plug-in that fails
 */
export function explainFactor(configuration: StageConfiguration, miner: OneMiner): readonly NamedTerm[] {
  const { stage, variant } = configuration;
  const bound = boundFactor(configuration);
  if (bound === null) throw new InvariantError(`${ruleLabel(stage)} has no factor`);
  const trace = new Trace();
  const value = bound.factor(factsOf(miner), 0, trace);
  const own = typeof stage === "object" ? stage : typeof variant === "object" ? variant : null;
  if (own === null || (own === variant && Number.isNaN(miner.heldShare))) return trace.terms;
  const held = { held_share: miner.heldShare, held_days: miner.heldDays };
  const inputs = { ...(own === stage ? { stake: miner.stakeRao / RAO_PER_TOKEN } : {}), ...held, ...numbersOf(own) };
  return fitTerms(trace, inputs, {
    name: own === stage ? "factor" : "multiplier",
    value,
    formula: ruleOf<Pick<Stage, "meaning">>(own).meaning,
  });
}
