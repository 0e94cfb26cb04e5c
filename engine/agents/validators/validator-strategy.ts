import type { RandomStream } from "../../kernel/random.js";
import type { ParameterDeclarations } from "../../rules/parameter.js";
import type { AttestedOperation } from "../../tables/vocabularies/consensus.js";
import type { Agent, AgentStrategy } from "../agent-strategy.js";

/** What is true at the end of an epoch, and what a diligent validator would find. */
export interface Truth {
  readonly block: number;
  /** One weight a miner, finite, 0 or more. */
  readonly weights: Float64Array;
  /** NAV of a token at the block, whole rao; null where it is stale. */
  readonly navRao: number | null;
  readonly operation: AttestedOperation;
}

/** What a validator can see of the others: what came out last epoch, never what is on its way now. */
export interface Others {
  /** What a validator handed in last epoch; null: nothing. */
  lastOf(validator: number): Draft | null;
  /** The last consensus; null before the first one. */
  readonly lastConsensus: Float64Array | null;
}

/** What a validator is about to sign. */
export interface Draft {
  /** Its own array, relative to each other. */
  readonly weights: Float64Array;
  readonly attestation: { readonly block: number; readonly navRao: number; readonly operation: AttestedOperation } | null;
}

/** One who decides what a validator hands in, once an epoch; null: nothing. */
export type ValidatorAgent = Agent<[truth: Truth, others: Others], Draft | null>;

/** What names in a configuration stand for. */
export interface NamedOthers {
  /** Number of a validator. */
  validator(name: string): number;
  /** The miners a group favours, and the share of weight it moves to them. */
  group(name: string): { readonly favoured: readonly number[]; readonly movedShare: number };
}

/** What a validator has beside its parameters. */
export interface ValidatorMeans {
  readonly names: NamedOthers;
  /** Its own: one validator more shifts nobody's numbers. */
  readonly random: RandomStream;
}

/** How a validator of an index subnet behaves (docs/explanation/consensus.md). */
export type ValidatorStrategyDeclaration<
  N extends string = string,
  D extends ParameterDeclarations = ParameterDeclarations,
> = AgentStrategy<N, D, ValidatorMeans, ValidatorAgent>;

/** A strategy whose name and parameters the compiler knows. */
export function declareValidatorStrategy<const N extends string, const D extends ParameterDeclarations>(
  strategy: ValidatorStrategyDeclaration<N, D>,
): ValidatorStrategyDeclaration<N, D> {
  return strategy;
}

/** A parameter of a validator behaviour is out of its range. */
export const VALIDATOR_CODE = "TEN-CONSENSUS-121";

/** Uniform in [-1, 1), from one deviate. */
export function signedDeviate(random: RandomStream): number {
  return 2 * random() - 1;
}

/** The attestation of an honest validator. */
export function attest({ block, navRao, operation }: Truth): Draft["attestation"] {
  return navRao === null ? null : { block, navRao, operation };
}
