import fc from "fast-check";
import { expect, it } from "vitest";
import { PotSharing } from "../../../engine/index.js";
import { dividePot } from "../../../reports/explain/pot-division.js";
import { shareOut } from "./paid-again.js";

const SHARES = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.25, 1)), { minLength: 1, maxLength: 40 });
const POT = fc.maxSafeNat();

it("gives every miner what the engine gives, and says of what it is made", () => {
  fc.assert(
    fc.property(POT, SHARES, (potRao, shares) => {
      const parts = new Float64Array(shares.length);
      const isShared = new PotSharing().share(potRao, Float64Array.from(shares), shares.length, parts);
      const division = dividePot(BigInt(potRao), shares);
      expect(division !== null).toBe(isShared);
      if (division === null) return;
      const paid = division.parts.map(({ floorRao, roundingRao }) => floorRao + roundingRao);
      expect(paid).toEqual([...parts].map(BigInt));
      expect(paid).toEqual(shareOut(BigInt(potRao), shares));
      for (const { quota, floorRao, remainder, place, roundingRao } of division.parts) {
        expect(BigInt(potRao) * quota - floorRao * division.quotaSum).toBe(remainder);
        expect(remainder >= 0n && remainder < division.quotaSum).toBe(true);
        expect(roundingRao).toBe(BigInt(place) <= division.leftRao ? 1n : 0n);
      }
      expect(division.parts.map(({ place }) => place).sort((a, b) => a - b)).toEqual(shares.map((_, k) => k + 1));
    }),
  );
});

it("is none where nobody has a share", () => {
  expect(dividePot(5n, [0, 0])).toBeNull();
});
