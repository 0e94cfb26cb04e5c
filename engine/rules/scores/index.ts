import { defaultsOf, type ParameterDeclarations, type ValuesOfAll } from "../parameter.js";
import { fitTerms, numbersOf, type PlugIn, ruleOf } from "../plug-in.js";
import { type NamedTerm, Trace } from "../trace.js";
import { bindPlugInScore } from "./plug-in-score.js";
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

/** A rule by its name, or one of a user's own file, which brings its own values. */
export type ScoreRuleChoice = ScoreRuleName | PlugIn<ScoreRule>;

/** A rule with its parameters bound. */
export function bindScoreRule(choice: ScoreRuleChoice, parameters: ScoreParameters): BoundScoreRule {
  return typeof choice === "string" ? SCORE_RULES[choice].bind(parameters as never) : bindPlugInScore(choice);
}

/** The terms of a score, the score last: the formula itself, run once more. */
export function explainScore(
  choice: ScoreRuleChoice,
  parameters: ScoreParameters,
  parts: { readonly weightedVolume: number; readonly volume: number; readonly frequency: number; readonly consistency: number },
): readonly NamedTerm[] {
  const trace = new Trace();
  const score = bindScoreRule(choice, parameters)(parts.weightedVolume, parts.volume, parts.frequency, parts.consistency, trace);
  if (typeof choice === "string") return trace.terms;
  return fitTerms(trace, numbersOf(choice), { name: "score", value: score, formula: ruleOf(choice).meaning });
}
