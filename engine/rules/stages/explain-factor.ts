import { InvariantError } from "../../kernel/errors.js";
import { RAO_PER_TOKEN } from "../../kernel/money.js";
import type { HeldExactly } from "../multipliers/index.js";
import { fitTerms, numbersOf, ruleLabel, ruleOf } from "../plug-in.js";
import { type NamedTerm, Trace } from "../trace.js";
import { stageOf } from "./index.js";
import type { Stage } from "./stage.js";
import type { StageConfiguration } from "./stage-configuration.js";

/** What a factor stage knows of one miner. */
export interface OneMiner {
  readonly stakeRao: number;
  /** 0..1; NaN where nothing was received. */
  readonly heldShare: number;
  readonly heldDays: number;
  readonly exactly: HeldExactly | null;
}

/** Every term of the factor of a miner, inputs first, the factor last: the formula itself, run once more. Not for limits in TAO. */
export function explainFactor({ stage, parameters, variant, of }: StageConfiguration, miner: OneMiner): readonly NamedTerm[] {
  const declared = stageOf(stage);
  if (declared.effect !== "factor") throw new InvariantError(`${ruleLabel(stage)} has no factor`);
  const trace = new Trace();
  const facts = {
    count: 1,
    uid: Int32Array.of(0),
    registeredMs: Float64Array.of(0),
    stakeRao: Float64Array.of(miner.stakeRao),
    heldShare: Float64Array.of(miner.heldShare),
    heldDays: Float64Array.of(miner.heldDays),
    exactly: () => miner.exactly,
    priceTaoPerAlpha: 0,
  };
  const value = declared.bind({ ...parameters, variant, of } as never).factor(facts, 0, trace);
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
