import { declareMinerStrategy, type MinerStrategyDeclaration } from "./agents/miners/miner-strategy.js";
import { Fraction, partFloor } from "./kernel/decimal.js";
import * as math from "./kernel/math.js";
import { declareObjective, type ObjectiveDeclaration } from "./measures/objective.js";
import { declareMultiplierRule, type MultiplierRule } from "./rules/multipliers/multiplier-rule.js";
import { choice, flag, number, type ParameterDeclarations, tiers } from "./rules/parameter.js";
import { declareScoreRule, type ScoreRule } from "./rules/scores/score-rule.js";
import {
  declareFactorStage,
  declareKeepStage,
  declareShareStage,
  type FactorStage,
  type KeepStage,
  type ShareStage,
} from "./rules/stages/stage.js";
import type { ResultTableName } from "./tables/results.js";

/** The kinds of rule that a user's own file may hold, and a scenario name. */
export const PLUG_IN_KINDS = ["multiplier_rule", "weight_stage", "score_rule", "miner_strategy"] as const;
export type PlugInKind = (typeof PLUG_IN_KINDS)[number];
/** The kind of plug-in that a search of parameters names, and no scenario. */
export const OBJECTIVE_KIND = "objective";

type OfKind<Kind extends PlugInKind | typeof OBJECTIVE_KIND, Rule> = Rule & { readonly kind: Kind };

function multiplierRule<const D extends ParameterDeclarations>(rule: MultiplierRule<D>): OfKind<"multiplier_rule", MultiplierRule<D>> {
  return { kind: "multiplier_rule", ...declareMultiplierRule(rule) };
}

function factorStage<const D extends ParameterDeclarations>(
  stage: Omit<FactorStage<D, undefined>, "effect" | "variants">,
): OfKind<"weight_stage", FactorStage<D, undefined>> {
  return { kind: "weight_stage", ...declareFactorStage<D>({ ...stage, effect: "factor" }) };
}

function shareStage<const D extends ParameterDeclarations>(
  stage: Omit<ShareStage<D, undefined>, "effect" | "variants">,
): OfKind<"weight_stage", ShareStage<D, undefined>> {
  return { kind: "weight_stage", ...declareShareStage<D>({ ...stage, effect: "share" }) };
}

function keepStage<const D extends ParameterDeclarations>(
  stage: Omit<KeepStage<D>, "effect" | "variants">,
): OfKind<"weight_stage", KeepStage<D>> {
  return { kind: "weight_stage", ...declareKeepStage<D>({ ...stage, effect: "keep" }) };
}

function scoreRule<const D extends ParameterDeclarations>(rule: ScoreRule<string, D>): OfKind<"score_rule", ScoreRule<string, D>> {
  return { kind: "score_rule", ...declareScoreRule(rule) };
}

function minerStrategy<const D extends ParameterDeclarations>(
  strategy: Omit<MinerStrategyDeclaration<string, D>, "colludes">,
): OfKind<"miner_strategy", MinerStrategyDeclaration<string, D>> {
  return { kind: "miner_strategy", ...declareMinerStrategy(strategy) };
}

function objective<const D extends ParameterDeclarations, const T extends ResultTableName = never>(
  declared: ObjectiveDeclaration<D, T>,
): OfKind<"objective", ObjectiveDeclaration<D, T>> {
  return { kind: OBJECTIVE_KIND, ...declareObjective(declared) };
}

/**
 * What the default export of a rule's file is given (docs/how-to/write-a-rule.md): how to declare a rule of each kind and its
 * parameters, exact fractions, and the mathematics that gives the same bits on every machine.
 */
export const RULE_HELPERS = Object.freeze({
  ...math,
  Fraction,
  partFloor,
  number,
  choice,
  flag,
  tiers,
  multiplierRule,
  factorStage,
  shareStage,
  keepStage,
  scoreRule,
  minerStrategy,
  objective,
});
/** What the function of a file of one's own is given: declarations, checks and exact arithmetic. */
export type RuleHelpers = typeof RULE_HELPERS;
