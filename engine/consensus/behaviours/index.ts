import type { RandomStream } from "../../kernel/random.js";
import type { ValuesOf } from "../../rules/parameter.js";
import { colluder } from "./colluder.js";
import { falsifier } from "./falsifier.js";
import { honest } from "./honest.js";
import { lazyCopier } from "./lazy-copier.js";
import { noisy } from "./noisy.js";
import { stale } from "./stale.js";
import type { BehaviourDeclaration, BehaviourNames, ValidatorBehaviour } from "./validator-behaviour.js";

export type { BehaviourDeclaration, BehaviourNames, Draft, Others, Truth, ValidatorBehaviour } from "./validator-behaviour.js";

const DECLARED = [honest, noisy, lazyCopier, stale, colluder, falsifier] as const;
type Declared = (typeof DECLARED)[number];
export type BehaviourName = Declared["name"];

/** The behaviours a scenario can name: a line each. */
export const VALIDATOR_BEHAVIOURS = Object.fromEntries(DECLARED.map((one) => [one.name, one])) as unknown as {
  readonly [K in BehaviourName]: Extract<Declared, { readonly name: K }>;
};

/** How a validator behaves: which behaviour, and its parameters. */
export type BehaviourConfiguration = {
  [K in BehaviourName]: { readonly kind: K } & ValuesOf<Extract<Declared, { readonly name: K }>["parameters"]>;
}[BehaviourName];

/** What a behaviour is declared as, whatever its parameters are. */
export function behaviourNamed(name: BehaviourName): BehaviourDeclaration {
  return VALIDATOR_BEHAVIOURS[name] as unknown as BehaviourDeclaration;
}

/** The behaviour a configuration describes. */
export function validatorBehaviour(described: BehaviourConfiguration, names: BehaviourNames, random: RandomStream): ValidatorBehaviour {
  return behaviourNamed(described.kind).bind(described as never, names, random);
}
