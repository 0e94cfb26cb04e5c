import { describe, expect, it } from "vitest";
import { nodeEd25519 as ed25519 } from "../../../recorders/signatures/node-ed25519.js";
import { RFC_8032 } from "./signature-vector.js";

describe("ed25519 of the platform", () => {
  const { secretKey, publicKey, message, signature } = RFC_8032;

  it("answers the vector of RFC 8032", () => {
    expect(ed25519.publicKeyOf(secretKey)).toEqual(publicKey);
    expect(ed25519.sign(message, secretKey)).toEqual(signature);
    expect(ed25519.verify(signature, message, publicKey)).toBe(true);
  });

  it("verifies nothing else, and never throws", () => {
    const flipped = signature.slice();
    flipped[5] ^= 1;
    expect(ed25519.verify(flipped, message, publicKey)).toBe(false);
    expect(ed25519.verify(signature, Uint8Array.of(0x73), publicKey)).toBe(false);
    expect(ed25519.verify(signature, message, ed25519.publicKeyOf(publicKey))).toBe(false);
    expect(ed25519.verify(signature.slice(1), message, publicKey)).toBe(false);
    expect(ed25519.verify(signature, message, publicKey.slice(1))).toBe(false);
    expect(ed25519.verify(new Uint8Array(64), message, new Uint8Array(32).fill(255))).toBe(false);
  });
});
