import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  attestationMessage,
  isFalsified,
  isSignedBy,
  type NavAttestation,
  navError,
  signAttestation,
} from "../../../engine/consensus/index.js";
import { ATTESTED_OPERATIONS } from "../../../engine/tables/vocabularies/consensus.js";
import { nodeEd25519 } from "../../../recorders/signatures/node-ed25519.js";

const SECRET = new Uint8Array(32).fill(7);
const PUBLIC = nodeEd25519.publicKeyOf(SECRET);
const ATTESTATION: NavAttestation = { block: 6_500_000, navRao: 1_234_567_890, operation: "epoch" };

describe("an attestation", () => {
  it("is signed as plain text", () => {
    expect(new TextDecoder().decode(attestationMessage(ATTESTATION))).toBe("tenure-nav-attestation/1\n6500000\n1234567890\nepoch\n");
  });

  it("is verified, and covers block, NAV, operation and key", () => {
    const signed = signAttestation(ATTESTATION, SECRET, nodeEd25519);
    expect(isSignedBy(signed, PUBLIC, nodeEd25519)).toBe(true);
    expect(isSignedBy({ ...signed, block: signed.block + 1 }, PUBLIC, nodeEd25519)).toBe(false);
    expect(isSignedBy({ ...signed, navRao: signed.navRao + 1 }, PUBLIC, nodeEd25519)).toBe(false);
    expect(isSignedBy({ ...signed, operation: "mint" }, PUBLIC, nodeEd25519)).toBe(false);
    expect(isSignedBy(signed, nodeEd25519.publicKeyOf(new Uint8Array(32).fill(8)), nodeEd25519)).toBe(false);
  });

  it("has a message of its own", () => {
    const attestation = fc.record({ block: fc.maxSafeNat(), navRao: fc.maxSafeNat(), operation: fc.constantFrom(...ATTESTED_OPERATIONS) });
    fc.assert(
      fc.property(attestation, attestation, (one, other) => {
        const same = one.block === other.block && one.navRao === other.navRao && one.operation === other.operation;
        expect(Buffer.compare(attestationMessage(one), attestationMessage(other)) === 0).toBe(same);
      }),
    );
  });
});

describe("a falsified NAV", () => {
  it("is more than 0.1 % off, to the rao", () => {
    expect(isFalsified(1_001_000, 1_000_000, 0.001)).toBe(false);
    expect(isFalsified(1_001_001, 1_000_000, 0.001)).toBe(true);
    expect(isFalsified(999_000, 1_000_000, 0.001)).toBe(false);
    expect(isFalsified(998_999, 1_000_000, 0.001)).toBe(true);
    expect(isFalsified(1, 0, 0.001)).toBe(true);
    expect(isFalsified(0, 0, 0.001)).toBe(false);
  });

  it("is so exactly when big integers say so", () => {
    const near = fc.maxSafeNat().chain((trueNavRao) =>
      fc.tuple(
        fc.constant(trueNavRao),
        fc.oneof(
          fc.maxSafeNat(),
          fc.integer({ min: -3, max: 3 }).map((by) => Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, Math.floor(trueNavRao * 1.001) + by))),
        ),
      ),
    );
    fc.assert(
      fc.property(near, ([trueNavRao, navRao]) => {
        const apart = BigInt(navRao) - BigInt(trueNavRao);
        const expected = (apart < 0n ? -apart : apart) * 1000n > BigInt(trueNavRao);
        expect(isFalsified(navRao, trueNavRao, 0.001)).toBe(expected);
        expect(Number.isFinite(navError(navRao, trueNavRao))).toBe(true);
      }),
    );
  });
});
