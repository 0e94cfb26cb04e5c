import { defaultsOf, type ParameterDeclarations, type ValuesOfAll } from "../parameter.js";
import { deviation } from "./deviation.js";
import { falsifiedAttestation } from "./falsified-attestation.js";
import { repeatedDeviations } from "./repeated-deviations.js";
import { repeatedSlashes } from "./repeated-slashes.js";
import type { SlashingRule } from "./slashing-rule.js";

export type { BoundSlashingRule, CountedConduct, EpochConduct, SlashingRule } from "./slashing-rule.js";

/** What validators are slashed for, in the order in which rules are asked: a line each. */
const DECLARED = [falsifiedAttestation, deviation, repeatedDeviations, repeatedSlashes] as const;
type Declared = (typeof DECLARED)[number];

export const SLASHING_RULES = DECLARED as unknown as readonly SlashingRule[];

/** Values for the parameters of all rules. */
export type SlashingParameters = ValuesOfAll<Declared["parameters"]>;

/** Every parameter that any of the rules has, by name. */
export const SLASHING_PARAMETERS: ParameterDeclarations = Object.assign({}, ...DECLARED.map(({ parameters }) => parameters));

/** The defaults of the parameters of all rules. */
export const DEFAULT_SLASHING_PARAMETERS = defaultsOf(SLASHING_PARAMETERS) as SlashingParameters;
