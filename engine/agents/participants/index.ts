import { defaultsOf, type ParameterDeclarations, type ValuesOfAll } from "../../rules/parameter.js";
import { byName, refuseParameters } from "../agent-strategy.js";
import type { ParticipantStrategyDeclaration } from "./participant-strategy.js";
import { arbitrage } from "./strategies/arbitrage/arbitrage.js";
import { churn } from "./strategies/churn.js";

export type { Participant, ParticipantMeans, ParticipantStrategyDeclaration } from "./participant-strategy.js";

const DECLARED = [arbitrage, churn] as const;
type Declared = (typeof DECLARED)[number];
export type ParticipantStrategyName = Declared["name"];

/** The strategies a group of participants can name: a line each. */
export const PARTICIPANT_STRATEGIES = byName<Declared>(DECLARED) as unknown as Readonly<
  Record<ParticipantStrategyName, ParticipantStrategyDeclaration>
>;

/** Values for the parameters of all strategies. */
export type ParticipantParameters = ValuesOfAll<Declared["parameters"]>;

/** Every parameter that any strategy has, by name; those that share one share its declaration. */
export const PARTICIPANT_PARAMETERS: ParameterDeclarations = Object.assign({}, ...DECLARED.map(({ parameters }) => parameters));

/** The defaults of the parameters of all strategies. */
export const DEFAULT_PARTICIPANT_PARAMETERS = defaultsOf(PARTICIPANT_PARAMETERS) as ParticipantParameters;

/**
 * Refuses parameters that the strategy cannot act by; those of the others do not count.
 * @param path of the section, dotted
 * @param epochMs length of the subnet's epochs
 */
export function refuseParticipantStrategy(
  name: ParticipantStrategyName,
  parameters: ParticipantParameters,
  path: string,
  epochMs: number,
): void {
  refuseParameters(PARTICIPANT_STRATEGIES[name], parameters, path, epochMs);
}
