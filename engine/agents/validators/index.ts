import { byName, type Described } from "../agent-strategy.js";
import { colluder } from "./strategies/colluder.js";
import { falsifier } from "./strategies/falsifier.js";
import { honest } from "./strategies/honest.js";
import { lazyCopier } from "./strategies/lazy-copier.js";
import { noisy } from "./strategies/noisy.js";
import { stale } from "./strategies/stale.js";
import type { ValidatorAgent, ValidatorMeans, ValidatorStrategyDeclaration } from "./validator-strategy.js";

export type {
  Draft,
  NamedOthers,
  Others,
  Truth,
  ValidatorAgent,
  ValidatorMeans,
  ValidatorStrategyDeclaration,
} from "./validator-strategy.js";

const DECLARED = [honest, noisy, lazyCopier, stale, colluder, falsifier] as const;
type Declared = (typeof DECLARED)[number];
export type ValidatorStrategyName = Declared["name"];

/** How a group of validators of an index subnet can behave: a line each. */
export const VALIDATOR_STRATEGIES = byName<Declared>(DECLARED);

/** How a validator behaves: by which strategy, and its parameters. */
export type ValidatorStrategyConfiguration = Described<Declared>;

/** What a strategy is declared as, whatever its parameters are. */
export function validatorStrategyNamed(name: ValidatorStrategyName): ValidatorStrategyDeclaration {
  return VALIDATOR_STRATEGIES[name] as unknown as ValidatorStrategyDeclaration;
}

/** One validator who follows it. */
export function bindValidator(described: ValidatorStrategyConfiguration, means: ValidatorMeans): ValidatorAgent {
  return validatorStrategyNamed(described.kind).bind(described as never, means);
}
