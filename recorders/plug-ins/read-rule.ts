import {
  MINER_STRATEGIES,
  type MinerStrategyDeclaration,
  MULTIPLIER_RULES,
  type MultiplierRule,
  PLUG_IN_KINDS,
  type PlugInKind,
  SCORE_RULES,
  type ScoreRule,
  STAGES,
  type Stage,
  TenureError,
} from "../../engine/index.js";
import type { PlugInRule } from "../../scenarios/index.js";
import type { OwnWorldAgents } from "./agents-in-own-world.js";
import { Declaration } from "./declaration.js";
import type { EvaluatedRule } from "./evaluate-rule.js";
import { readParameters } from "./read-parameters.js";

/** Names that are taken: reports call rules by theirs, and a list of stages `stages`. */
const BUILT_IN: ReadonlySet<string> = new Set([
  ...MULTIPLIER_RULES,
  ...Object.keys(STAGES),
  ...Object.keys(SCORE_RULES),
  ...Object.keys(MINER_STRATEGIES),
  "stages",
  "plug_in",
  "residual",
]);

/** What each kind declares beside name, meaning and parameters. */
const KEYS: Readonly<Record<PlugInKind, readonly string[]>> = {
  multiplier_rule: ["ceiling", "bind", "reaches"],
  weight_stage: ["effect", "bind"],
  score_rule: ["bind"],
  miner_strategy: ["keys", "isHostile", "bind"],
};

/**
 * The rule that a file declares, checked and taken over; only its formulas stay those of the file.
 * @param kind that the scenario asks for
 * @throws TenureError `TEN-PLUGIN-009`, `-017` its name is that of a built-in rule
 */
export function readRule({ declared, agents }: EvaluatedRule, kind: PlugInKind, named: string): PlugInRule {
  const rule = new Declaration(declared, named);
  rule.keys();
  const isKind = rule.child("kind").word(PLUG_IN_KINDS);
  if (isKind !== kind) throw rule.child("kind").refused(isKind, `${kind}, where the scenario names it`);
  rule.only(["kind", "name", "meaning", "parameters", ...KEYS[kind]]);
  const name = rule.child("name").text();
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) throw rule.child("name").refused(name, "a name such as my_rule");
  if (BUILT_IN.has(name)) throw builtIn(name, named);
  const parameters = rule.child("parameters");
  const common = {
    name,
    meaning: rule.child("meaning").text(),
    parameters: parameters.value === undefined ? {} : readParameters(parameters),
  };
  switch (kind) {
    case "multiplier_rule":
      return multiplierRule(rule, common);
    case "weight_stage":
      return weightStage(rule, common);
    case "score_rule":
      return { ...common, bind: rule.method("bind") } as ScoreRule;
    case "miner_strategy":
      return minerStrategy(rule, common, agents);
  }
}

function builtIn(name: string, named: string): TenureError {
  return new TenureError({
    code: "TEN-PLUGIN-017",
    what: "The rule has the name of a built-in one, and reports could not tell them apart.",
    place: { file: named, path: "name" },
    found: name,
    allowed: `a name other than ${[...BUILT_IN].join(", ")}`,
    hint: `Call it my_${name}, say.`,
  });
}

type Common = Pick<PlugInRule, "name" | "meaning" | "parameters">;

function multiplierRule(rule: Declaration, common: Common): MultiplierRule {
  const reaches = rule.child("reaches").value === undefined ? {} : { reaches: rule.method("reaches") };
  return { ...common, ceiling: rule.method("ceiling"), bind: rule.method("bind"), ...reaches } as MultiplierRule;
}

function weightStage(rule: Declaration, common: Common): Stage {
  const effect = rule.child("effect").word(["factor", "share", "keep"]);
  return { ...common, effect, bind: rule.method("bind") } as Stage;
}

function minerStrategy(rule: Declaration, common: Common, agents: OwnWorldAgents): MinerStrategyDeclaration {
  const keys = rule.child("keys").value === undefined ? {} : { keys: agents.keys(rule.method("keys")) };
  const isHostile = rule.child("isHostile").value === true ? { isHostile: true as const } : {};
  return { ...common, ...keys, ...isHostile, bind: agents.bind(rule.method("bind")) } as unknown as MinerStrategyDeclaration;
}
