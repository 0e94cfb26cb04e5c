import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nthSmallest } from "../../../engine/kernel/nth-smallest.js";

describe("the nth smallest", () => {
  it("is what sorting puts there, with ties and whatever lies behind", () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.nat(), fc.array(value, { maxLength: 3 }), (values, draw, behind) => {
        const nth = draw % values.length;
        const sorted = Float64Array.from(values).sort();
        expect(nthSmallest(Float64Array.from([...values, ...behind]), values.length, nth) - sorted[nth] || 0).toBe(0);
      }),
    );
  });
});
