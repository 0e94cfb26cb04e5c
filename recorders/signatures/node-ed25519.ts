import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { SignatureScheme } from "../../engine/index.js";

const SECRET_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const secretKeys = new WeakMap<Uint8Array, KeyObject>();
const publicKeys = new WeakMap<Uint8Array, KeyObject>();

function remembered(keys: WeakMap<Uint8Array, KeyObject>, bytes: Uint8Array, make: () => KeyObject): KeyObject {
  const known = keys.get(bytes) ?? make();
  keys.set(bytes, known);
  return known;
}

function privateKey(secret: Uint8Array): KeyObject {
  return remembered(secretKeys, secret, () =>
    createPrivateKey({ key: Buffer.concat([SECRET_PREFIX, secret]), format: "der", type: "pkcs8" }),
  );
}

function publicKey(bytes: Uint8Array): KeyObject {
  return remembered(publicKeys, bytes, () => createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, bytes]), format: "der", type: "spki" }));
}

/**
 * Ed25519 (RFC 8032) of the platform, handed to the engine, which has no cryptography of its own: signatures are
 * deterministic, so the same keys and messages give the same bytes on every machine.
 */
export const nodeEd25519: SignatureScheme = {
  name: "ed25519",
  publicKeyOf: (secret) => {
    const der = createPublicKey(privateKey(secret)).export({ format: "der", type: "spki" });
    return Uint8Array.from(der.subarray(PUBLIC_PREFIX.length));
  },
  sign: (message, secret) => Uint8Array.from(sign(null, message, privateKey(secret))),
  verify(signature, message, key) {
    try {
      return verify(null, message, publicKey(key), signature);
    } catch {
      return false;
    }
  },
};
