import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PayHolding } from "../../../engine/metrics/pay-holding.js";

describe("held share and multiplier of what is paid", () => {
  it("are means over all pay of a run, of miners of the streams alone", () => {
    const miner = fc.record({
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      multiplier: fc.double({ min: 0, max: 5, noNaN: true }),
      held: fc.double({ min: 0, max: 1, noNaN: true }),
      isKnown: fc.boolean(),
    });
    const epoch = fc.record({ potRao: fc.integer({ min: 0, max: 1_000_000 }), miners: fc.array(miner, { maxLength: 6 }) });
    fc.assert(
      fc.property(fc.array(epoch, { maxLength: 5 }), (epochs) => {
        const holding = new PayHolding();
        for (const { potRao, miners } of epochs) {
          const of = (value: (one: (typeof miners)[number]) => number) => Float64Array.from([...miners.map(value), 0.5]);
          const member = Int32Array.from([...miners.map(({ isKnown }, i) => (isKnown ? i : -1)), 0]);
          holding.take(
            potRao,
            of(({ share }) => share),
            of(({ multiplier }) => multiplier),
            member,
            miners.length,
            of(({ held }) => held),
          );
        }
        const paid = epochs.flatMap(({ potRao, miners }) =>
          miners.filter(({ isKnown }) => isKnown).map((one) => ({ ...one, pay: potRao * one.share })),
        );
        const all = paid.reduce((sum, { pay }) => sum + pay, 0);
        const mean = (of: (one: (typeof paid)[number]) => number) => paid.reduce((sum, one) => sum + one.pay * of(one), 0) / all;
        if (all === 0) {
          expect([holding.heldShare, holding.multiplier]).toEqual([0, 1]);
          return;
        }
        expect(holding.heldShare).toBeCloseTo(
          mean(({ held }) => held),
          9,
        );
        expect(holding.multiplier).toBeCloseTo(
          mean(({ multiplier }) => multiplier),
          9,
        );
      }),
    );
  });
});
