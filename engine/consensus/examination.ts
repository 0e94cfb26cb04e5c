import type { Standing } from "../tables/vocabularies/consensus.js";
import type { AttestationRules } from "./configuration.js";
import { isAttestation, isFalsified, isSignedBy, navError, type SignedNavAttestation } from "./nav-attestation.js";
import type { SignatureScheme } from "./signature-scheme.js";
import { areWeights, type Submission } from "./submission.js";

/** A sound submission, its attestation compared with the truth. */
export interface Examination {
  readonly weights: Float64Array;
  readonly attestation: SignedNavAttestation | null;
  /** Attested / true NAV - 1; 0 without an attestation. */
  readonly navError: number;
  readonly isFalsified: boolean;
}

/** What attestations are checked with. */
export interface AttestationWitness {
  trueNavRao(block: number): number | null;
  readonly signatures: SignatureScheme | null;
}

type Examined = { readonly unsound: null; readonly examination: Examination } | { readonly unsound: Standing; readonly examination: null };

/**
 * Is a submission sound? One whose signature is not the validator's proves nothing against it (anyone could have made it
 * up), nor does a word on a block whose NAV nobody knows: both are left out, and nobody is slashed for them.
 */
export function examine(
  submission: Submission | null | undefined,
  miners: number,
  publicKey: Uint8Array | null,
  { tolerance }: AttestationRules,
  witness: AttestationWitness,
): Examined {
  const unsound = (standing: Standing): Examined => ({ unsound: standing, examination: null });
  if (submission === null || submission === undefined) return unsound("none");
  const { weights, attestation } = submission;
  if (!areWeights(weights, miners)) return unsound("invalid_weights");
  if (attestation === null) return { unsound: null, examination: { weights, attestation, navError: 0, isFalsified: false } };
  if (!isAttestation(attestation)) return unsound("invalid_attestation");
  const { signatures } = witness;
  if (signatures === null || publicKey === null || !isSignedBy(attestation, publicKey, signatures)) return unsound("bad_signature");
  const { block, navRao } = attestation;
  const trueNavRao = witness.trueNavRao(block);
  if (trueNavRao === null) return unsound("unknown_block");
  return {
    unsound: null,
    examination: {
      weights,
      attestation,
      navError: navError(navRao, trueNavRao),
      isFalsified: isFalsified(navRao, trueNavRao, tolerance),
    },
  };
}
