import fc from "fast-check";
import { expect, it } from "vitest";
import { statedDecimal } from "../../../reports/format/stated-decimal.js";

it("what a stated share leaves is told as stated, whatever doubles make of it", () => {
  expect(1 - (1 - 0.3)).toBe(0.30000000000000004);
  expect(statedDecimal(1 - (1 - 0.3))).toBe(0.3);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (millionths) => {
      const share = millionths / 1_000_000;
      expect(statedDecimal(1 - (1 - share))).toBe(share);
      expect(statedDecimal(share)).toBe(share);
    }),
  );
});

it("what is no decimal of few digits keeps every digit", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      expect(Math.abs(statedDecimal(share) - share)).toBeLessThanOrEqual(Number.EPSILON);
    }),
  );
  expect(statedDecimal(1 / 3)).toBe(1 / 3);
  expect(statedDecimal(1e-17)).toBe(1e-17);
});
