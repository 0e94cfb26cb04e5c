/**
 * How validators sign. Signing must be deterministic: the same message and key give the same bytes on every machine, as
 * Ed25519 (RFC 8032) does.
 */
export interface SignatureScheme {
  /** E.g. `ed25519`. */
  readonly name: string;
  /** @param secretKey 32 bytes */
  publicKeyOf(secretKey: Uint8Array): Uint8Array;
  /** @param secretKey 32 bytes */
  sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array;
  /** Never throws: whatever is not a signature of the message by the key is `false`. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}
