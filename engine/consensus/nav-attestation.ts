import { abs } from "../kernel/math.js";
import { isRao, mulDivFloor } from "../kernel/money.js";
import { ATTESTED_OPERATIONS, type AttestedOperation } from "../tables/vocabularies/consensus.js";
import { MILLION, millionthsOf } from "./millionths.js";
import type { SignatureScheme } from "./signature-scheme.js";

/** A validator's word on the index: at this block a token was worth so much. */
export interface NavAttestation {
  readonly block: number;
  /** NAV of one whole index token, whole rao of TAO. */
  readonly navRao: number;
  readonly operation: AttestedOperation;
}

export interface SignedNavAttestation extends NavAttestation {
  readonly signature: Uint8Array;
}

/** Says what the bytes are, so that no other signed message can be taken for an attestation. */
const DOMAIN = "tenure-nav-attestation/1";

/** The bytes that are signed: domain, block, NAV and operation, a line each, ASCII. */
export function attestationMessage({ block, navRao, operation }: NavAttestation): Uint8Array {
  const text = `${DOMAIN}\n${block}\n${navRao}\n${operation}\n`;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

export function signAttestation(attestation: NavAttestation, secretKey: Uint8Array, scheme: SignatureScheme): SignedNavAttestation {
  const { block, navRao, operation } = attestation;
  return { block, navRao, operation, signature: scheme.sign(attestationMessage(attestation), secretKey) };
}

/** Can it be judged at all: a block number, whole rao, a known operation? */
export function isAttestation({ block, navRao, operation }: NavAttestation): boolean {
  return Number.isSafeInteger(block) && block >= 0 && isRao(navRao) && ATTESTED_OPERATIONS.includes(operation);
}

/** Did the owner of the key sign exactly this? */
export function isSignedBy(attestation: SignedNavAttestation, publicKey: Uint8Array, scheme: SignatureScheme): boolean {
  return scheme.verify(attestation.signature, attestationMessage(attestation), publicKey);
}

/**
 * Is an attested NAV more than `tolerance` off the true NAV of the block it names (docs/explanation/consensus.md)? Exact.
 *
 * @param tolerance share of the true NAV, whole millionths
 */
export function isFalsified(navRao: number, trueNavRao: number, tolerance: number): boolean {
  return abs(navRao - trueNavRao) > mulDivFloor(trueNavRao, millionthsOf(tolerance), MILLION);
}

/** How far an attested NAV is off the true one, as a signed share of it; of a NAV of 0, 0 or 1. */
export function navError(navRao: number, trueNavRao: number): number {
  if (navRao === trueNavRao) return 0;
  return trueNavRao > 0 ? (navRao - trueNavRao) / trueNavRao : 1;
}
