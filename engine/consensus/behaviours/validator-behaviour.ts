import type { RandomStream } from "../../kernel/random.js";
import type { ParameterDeclarations, ValuesOf } from "../../rules/parameter.js";
import type { AttestedOperation } from "../../tables/vocabularies/consensus.js";
import type { Submission } from "../submission.js";

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
  lastOf(validator: number): Submission | null;
  /** The last consensus; null before the first one. */
  readonly lastConsensus: Float64Array | null;
}

/** What a validator is about to sign. */
export interface Draft {
  /** Its own array, relative to each other. */
  readonly weights: Float64Array;
  readonly attestation: { readonly block: number; readonly navRao: number; readonly operation: AttestedOperation } | null;
}

/** A behaviour of one validator; may remember what it saw. It must neither change nor keep the arrays it is shown. */
export interface ValidatorBehaviour {
  /** What it hands in this epoch; null: nothing. Called once an epoch. */
  draft(truth: Truth, others: Others): Draft | null;
}

/** What names in a configuration stand for. */
export interface BehaviourNames {
  /** Number of a validator. */
  validator(name: string): number;
  /** The miners a group favours, and the share of weight it moves to them. */
  group(name: string): { readonly favoured: readonly number[]; readonly movedShare: number };
}

/**
 * A kind of behaviour: name, meaning, parameters and what it does, in one file; schema, defaults, checks and reference pages
 * follow from it. To add one, put it into the registry (`index.ts`).
 */
export interface BehaviourDeclaration<N extends string = string, D extends ParameterDeclarations = ParameterDeclarations> {
  /** As a scenario names it. */
  readonly name: N;
  /** In one sentence. */
  readonly meaning: string;
  readonly parameters: D;
  /**
   * The behaviour of one validator.
   * @param random the noise stream of this validator alone
   */
  bind(parameters: ValuesOf<D>, names: BehaviourNames, random: RandomStream): ValidatorBehaviour;
}

/** A behaviour whose name and parameters the compiler knows. */
export function declareBehaviour<const N extends string, const D extends ParameterDeclarations>(
  behaviour: BehaviourDeclaration<N, D>,
): BehaviourDeclaration<N, D> {
  return behaviour;
}

/** A parameter of a validator behaviour is out of its range. */
export const BEHAVIOUR_CODE = "TEN-CONSENSUS-121";

/** Uniform in [-1, 1), from one deviate. */
export function signedDeviate(random: RandomStream): number {
  return 2 * random() - 1;
}

/** The attestation of an honest validator. */
export function attest({ block, navRao, operation }: Truth): Draft["attestation"] {
  return navRao === null ? null : { block, navRao, operation };
}
