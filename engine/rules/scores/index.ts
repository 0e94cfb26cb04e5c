import { defaultsOf, type ParameterDeclarations, type ValuesOfAll } from "../parameter.js";
import { type NamedTerm, Trace } from "../trace.js";
import type { BoundScoreRule, ScoreRule } from "./score-rule.js";
import { volumeScaled } from "./volume-scaled.js";
import { weightedSum } from "./weighted-sum.js";

export type { BoundScoreRule, ScoreRule } from "./score-rule.js";

const DECLARED = [weightedSum, volumeScaled] as const;
type Declared = (typeof DECLARED)[number];
export type ScoreRuleName = Declared["name"];

/** The score rules a scenario can name: a line each. */
export const SCORE_RULES = Object.fromEntries(DECLARED.map((one) => [one.name, one])) as unknown as Readonly<
  Record<ScoreRuleName, ScoreRule>
>;

/** Values for the parameters of all rules. */
export type ScoreParameters = ValuesOfAll<Declared["parameters"]>;

/** Every parameter that any of the rules has, by name; rules that share one share its declaration. */
export const SCORE_PARAMETERS: ParameterDeclarations = Object.assign({}, ...DECLARED.map(({ parameters }) => parameters));

/** The defaults of the parameters of all rules. */
export const DEFAULT_SCORE_PARAMETERS = defaultsOf(SCORE_PARAMETERS) as ScoreParameters;

/** A rule with its parameters bound. */
export function bindScoreRule(name: ScoreRuleName, parameters: ScoreParameters): BoundScoreRule {
  return SCORE_RULES[name].bind(parameters as never);
}

/** The terms of a score: the formula itself, run once more. */
export function explainScore(
  name: ScoreRuleName,
  parameters: ScoreParameters,
  parts: { readonly weightedVolume: number; readonly volume: number; readonly frequency: number; readonly consistency: number },
): readonly NamedTerm[] {
  const trace = new Trace();
  bindScoreRule(name, parameters)(parts.weightedVolume, parts.volume, parts.frequency, parts.consistency, trace);
  return trace.terms;
}
