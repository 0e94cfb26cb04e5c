import type { RandomStream } from "../../kernel/random.js";
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

/** Uniform in [-1, 1), from one deviate. */
export function signedDeviate(random: RandomStream): number {
  return 2 * random() - 1;
}

/** The attestation of an honest validator. */
export function attest({ block, navRao, operation }: Truth): Draft["attestation"] {
  return navRao === null ? null : { block, navRao, operation };
}
