import { declareMinerStrategy, type MinerStrategyDeclaration } from "./agents/miners/miner-strategy.js";
import { Fraction, partFloor } from "./kernel/decimal.js";
import * as math from "./kernel/math.js";
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

/** The kinds of rule that a user's own file may hold. */
export const PLUG_IN_KINDS = ["multiplier_rule", "weight_stage", "score_rule", "miner_strategy"] as const;
export type PlugInKind = (typeof PLUG_IN_KINDS)[number];

type OfKind<Kind extends PlugInKind, Rule> = Rule & { readonly kind: Kind };

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
});
export type RuleHelpers = typeof RULE_HELPERS;
