import fc from "fast-check";
import { expect, test } from "vitest";
import { Ranking } from "../../../../engine/rules/stages/ranking.js";
import type { StageFacts } from "../../../../engine/rules/stages/stage-facts.js";

/** Few weights and times, so that many tie. */
const miner = fc.record({ weight: fc.constantFrom(0, 0.1, 0.25, 0.5, 1, 3), registeredMs: fc.integer({ min: 0, max: 3 }) });
/** From nobody to more than an order has room for at first; of many the weights change all at once. */
const epoch = fc.oneof(fc.array(miner, { maxLength: 12 }), fc.array(miner, { minLength: 200, maxLength: 600 }));

function factsOf(miners: readonly { readonly registeredMs: number }[]): StageFacts {
  return {
    count: miners.length,
    uid: Int32Array.from(miners, (_, i) => i),
    registeredMs: Float64Array.from(miners, (one) => one.registeredMs),
  } as unknown as StageFacts;
}

test("ranks are those of a plain sort, whoever was ranked before", () => {
  fc.assert(
    fc.property(fc.array(epoch, { minLength: 1, maxLength: 6 }), (epochs) => {
      const ranking = new Ranking();
      for (const miners of epochs) {
        ranking.rank(
          factsOf(miners),
          Float64Array.from(miners, ({ weight }) => weight),
        );
        const plain = miners
          .map((one, uid) => ({ ...one, uid }))
          .filter(({ weight }) => weight > 0)
          .toSorted((a, b) => b.weight - a.weight || a.registeredMs - b.registeredMs || a.uid - b.uid);
        expect([...ranking.order.subarray(0, ranking.count)]).toEqual(plain.map(({ uid }) => uid));
      }
    }),
  );
});
