import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POSITION_STATE, PositionStates } from "../../../engine/ledger/position-state.js";

const { STRIDE, BASIS_REMAINING, BASIS_RECEIVED, AGE_HIGH, AGE_LOW, AGED_MS } = POSITION_STATE;
const rao = fc.oneof(
  fc.integer({ min: 1, max: 9 }),
  fc.maxSafeInteger().map((value) => Math.abs(value) || 1),
  fc.nat(1_000).map((less) => Number.MAX_SAFE_INTEGER - less),
);

function sumOfAges({ values }: PositionStates, base: number): bigint {
  return BigInt(values[base + AGE_HIGH]) * 2n ** 46n + BigInt(values[base + AGE_LOW]);
}

describe("PositionStates", () => {
  it("keeps the sum of amount * age as big integers would, whatever enters, leaves and waits", () => {
    const act = fc.record({
      waitMs: fc.oneof(fc.nat(60_000), fc.nat(7 * 86_400_000), fc.nat(2_147_483_647)),
      rao,
      enters: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const states = new PositionStates(2);
        const base = STRIDE;
        const tranches: { entry: number; rao: number }[] = [];
        let now = 0;
        for (const { waitMs, rao: amount, enters } of acts) {
          now += waitMs;
          states.age(base, now);
          const held = states.values[base + BASIS_REMAINING];
          if (enters) {
            const added = Math.min(amount, Number.MAX_SAFE_INTEGER - held);
            states.values[base + BASIS_REMAINING] += added;
            tranches.push({ entry: now, rao: added });
          } else {
            const tranche = tranches[amount % Math.max(1, tranches.length)];
            const taken = Math.min(amount, tranche?.rao ?? 0);
            if (tranche === undefined || taken === 0) continue;
            tranche.rao -= taken;
            states.values[base + BASIS_REMAINING] -= taken;
            states.weigh(base, -taken, now - tranche.entry);
          }
          expect(sumOfAges(states, base)).toBe(tranches.reduce((sum, one) => sum + BigInt(one.rao) * BigInt(now - one.entry), 0n));
          expect(states.values[base + AGED_MS]).toBe(now);
        }
        expect([...states.values.subarray(0, STRIDE)]).toEqual(Array(STRIDE).fill(0));
      }),
    );
  });

  it("carries cumulative sums beyond 2^53 exactly, and hands them over", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(rao, fc.constantFrom("count", "uncount", "handOver")), { maxLength: 80 }), (acts) => {
        const states = new PositionStates(2);
        let [at, to]: number[] = [BASIS_RECEIVED, STRIDE + BASIS_RECEIVED];
        let sum = 0n;
        for (const [amount, kind] of acts) {
          if (kind === "count" || sum < BigInt(amount)) {
            states.count(at, amount);
            sum += BigInt(amount);
          } else if (kind === "uncount") {
            states.uncount(at, amount);
            sum -= BigInt(amount);
          } else {
            states.handOver(at, to);
            expect(states.cumulative(at)).toBe(0n);
            [at, to] = [to, at];
          }
          expect(states.cumulative(at)).toBe(sum);
        }
        states.clear(at);
        expect(states.cumulative(at)).toBe(0n);
      }),
    );
  });

  it("keeps what it has when room is made", () => {
    const states = new PositionStates(1);
    states.count(BASIS_RECEIVED, 7);
    states.ensure(1_000);
    states.count(999 * STRIDE + BASIS_RECEIVED, 8);
    expect([states.cumulative(BASIS_RECEIVED), states.cumulative(999 * STRIDE + BASIS_RECEIVED)]).toEqual([7n, 8n]);
  });
});
