import { defaultsOf, type ParameterDeclarations, requireParameters, type ValuesOfAll } from "../../rules/parameter.js";
import { arbitrage } from "./arbitrage/arbitrage.js";
import { churn } from "./churn.js";
import type { StrategyDeclaration } from "./strategy.js";

export type { Participant, ParticipantMeans, StrategyDeclaration } from "./strategy.js";

const DECLARED = [arbitrage, churn] as const;
type Declared = (typeof DECLARED)[number];
export type StrategyName = Declared["name"];

/** The strategies a group of participants can name: a line each. */
export const STRATEGIES = Object.fromEntries(DECLARED.map((one) => [one.name, one])) as unknown as Readonly<
  Record<StrategyName, StrategyDeclaration>
>;

/** Values for the parameters of all strategies. */
export type StrategyParameters = ValuesOfAll<Declared["parameters"]>;

/** Every parameter that any strategy has, by name; those that share one share its declaration. */
export const STRATEGY_PARAMETERS: ParameterDeclarations = Object.assign({}, ...DECLARED.map(({ parameters }) => parameters));

/** The defaults of the parameters of all strategies. */
export const DEFAULT_STRATEGY_PARAMETERS = defaultsOf(STRATEGY_PARAMETERS) as StrategyParameters;

/**
 * Refuses parameters that the strategy cannot act by; those of the others do not count.
 * @param path of the section, dotted
 */
export function refuseStrategy(name: StrategyName, parameters: StrategyParameters, path: string): void {
  const strategy = STRATEGIES[name];
  requireParameters(strategy.parameters, parameters, path);
  strategy.refuse?.(parameters as never, path);
}
