import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PaySeries, skillSpread } from "../../../scenarios/calibrating/skill-spread.js";

const EPOCH_MS = 4_320_000;

/** Uniform numbers of a linear congruential generator (Numerical Recipes), made normal by Box and Muller. */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Pots of 1e12 rao shared by e^x, x with a correlation of `kept` from epoch to epoch. */
function payOf(miners: number, epochs: number, deviation: number, kept: number, seed: number): PaySeries[] {
  const next = normals(seed);
  const x = Array.from({ length: miners }, () => deviation * next());
  const mean = Array.from({ length: miners }, (_, i) => 1 + i / miners);
  const paid = x.map(() => new Float64Array(epochs));
  for (let t = 0; t < epochs; t++) {
    const weights = x.map((value, i) => mean[i] * Math.exp(value));
    const sum = weights.reduce((all, weight) => all + weight, 0);
    weights.forEach((weight, i) => {
      paid[i][t] = Math.floor((1e12 * weight) / sum);
      x[i] = x[i] * kept + deviation * Math.sqrt(1 - kept * kept) * next();
    });
  }
  return paid.map((paidRao) => ({ firstEpoch: 0, paidRao }));
}

/** The same from the page: all moves of an epoch, their mean, their squares. */
function fromThePage(pay: readonly PaySeries[], epochs: number): { deviation: number; halfLifeMs: number; lag: number } | string {
  const half = (lag: number) => {
    let [squares, pairs] = [0, 0];
    for (let t = 0; t + lag < epochs; t++) {
      const moves = pay.flatMap(({ firstEpoch, paidRao }) => {
        const [before, after] = [paidRao[t - firstEpoch], paidRao[t + lag - firstEpoch]];
        return before > 0 && after > 0 ? [Math.log(after) - Math.log(before)] : [];
      });
      if (moves.length < 2) continue;
      const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
      squares += moves.reduce((sum, move) => sum + (move - mean) ** 2, 0);
      pairs += moves.length - 1;
    }
    return { g: squares / pairs / 2, pairs };
  };
  const lags: { lag: number; g: number; r: number }[] = [];
  for (let lag = 1; lag <= epochs / 4; lag *= 2) {
    const [near, far] = [half(lag), half(2 * lag)];
    if (near.pairs >= 100 && far.pairs >= 100) lags.push({ lag, g: near.g, r: far.g / near.g - 1 });
  }
  if (lags.length === 0) return "too_little";
  const first = lags.findIndex(({ r }) => r <= 0.5);
  const chosen =
    first === -1
      ? lags[lags.length - 1]
      : first > 0 && Math.abs(lags[first - 1].r - 0.5) <= Math.abs(lags[first].r - 0.5)
        ? lags[first - 1]
        : lags[first];
  const { lag, g, r } = chosen;
  if (Math.sqrt(g) < 0.0005) return "steady";
  if (r >= 2 ** (-lag / epochs)) return "longer";
  if (r <= 2 ** -10) return "uncorrelated";
  return { deviation: Math.sqrt(g / (1 - r)), halfLifeMs: (-Math.LN2 * lag * EPOCH_MS) / Math.log(r), lag };
}

describe("skill spread", () => {
  it.each([
    { deviation: 0.3, halfLifeEpochs: 40, miners: 128, epochs: 1_000 },
    { deviation: 0.1, halfLifeEpochs: 5, miners: 32, epochs: 400 },
    { deviation: 1, halfLifeEpochs: 100, miners: 200, epochs: 1_200 },
    { deviation: 0.2, halfLifeEpochs: 280, miners: 256, epochs: 1_800 },
  ])("finds a deviation of $deviation and a half-life of $halfLifeEpochs epochs", ({ deviation, halfLifeEpochs, miners, epochs }) => {
    const found = skillSpread(payOf(miners, epochs, deviation, 2 ** (-1 / halfLifeEpochs), 7), epochs, EPOCH_MS);
    expect(found.basis).toBe("estimated");
    expect(Math.abs(found.deviation / deviation - 1)).toBeLessThan(0.1);
    expect(Math.abs(found.halfLifeMs / (halfLifeEpochs * EPOCH_MS) - 1)).toBeLessThan(0.25);
  });

  it("takes shares that jump anew each epoch for uncorrelated, or of less than an epoch's half-life", () => {
    const { basis, deviation, halfLifeMs } = skillSpread(payOf(64, 400, 0.4, 0, 3), 400, EPOCH_MS);
    expect(["uncorrelated", "estimated"]).toContain(basis);
    expect(Math.abs(deviation / 0.4 - 1)).toBeLessThan(0.05);
    expect(halfLifeMs).toBeLessThan(EPOCH_MS / 2);
  });

  it("says that shares do not change, or wander on, or that it cannot say", () => {
    expect(skillSpread(payOf(64, 200, 0, 0, 3), 200, EPOCH_MS)).toMatchObject({ deviation: 0, basis: "steady" });
    expect(skillSpread(payOf(64, 64, 0.5, 0.999999, 5), 64, EPOCH_MS)).toMatchObject({ basis: expect.stringMatching(/longer|estimated/) });
    const ramp: PaySeries[] = Array.from({ length: 40 }, (_, i) => ({
      firstEpoch: 0,
      paidRao: Float64Array.from({ length: 40 }, (__, t) => Math.floor(1e9 * Math.exp(((i - 20) * t) / 400))),
    }));
    expect(skillSpread(ramp, 40, EPOCH_MS)).toMatchObject({ basis: "longer", halfLifeMs: 2 * 86_400_000 });
    for (const few of [payOf(1, 500, 0.3, 0.9, 1), payOf(64, 3, 0.3, 0.9, 1), payOf(3, 20, 0.3, 0.9, 1), []]) {
      expect(skillSpread(few, few[0]?.paidRao.length ?? 10, EPOCH_MS)).toMatchObject({ deviation: 0, basis: "too_little", pairs: 0 });
    }
  });

  it("does not see who else was paid, nor how large pots were", () => {
    const pay = payOf(64, 256, 0.3, 0.95, 11);
    const scaled = pay.map(({ paidRao }) => ({ firstEpoch: 0, paidRao: paidRao.map((rao, t) => rao * (1 + (t % 7))) }));
    const [a, b] = [skillSpread(pay, 256, EPOCH_MS), skillSpread(scaled, 256, EPOCH_MS)];
    expect(b).toEqual(a);
  });

  it("is what the page says, of any pay", () => {
    const anyPay = fc.integer({ min: 16, max: 48 }).chain((epochs) =>
      fc.record({
        epochs: fc.constant(epochs),
        pay: fc.array(
          fc.nat(epochs - 1).chain((firstEpoch) =>
            fc
              .array(fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 6, arbitrary: fc.integer({ min: 1, max: 1e9 }) }), {
                minLength: epochs - firstEpoch,
                maxLength: epochs - firstEpoch,
              })
              .map((paid) => ({ firstEpoch, paidRao: Float64Array.from(paid) })),
          ),
          { maxLength: 16 },
        ),
      }),
    );
    fc.assert(
      fc.property(anyPay, ({ epochs, pay }) => {
        const found = skillSpread(pay, epochs, EPOCH_MS);
        const expected = fromThePage(pay, epochs);
        if (typeof expected === "string") {
          expect(found.basis).toBe(expected);
          return;
        }
        expect(found).toMatchObject({ basis: "estimated", lagEpochs: expected.lag });
        expect(Math.abs(found.deviation - Math.min(10, expected.deviation))).toBeLessThan(1e-4);
        expect(Math.abs(found.halfLifeMs - expected.halfLifeMs)).toBeLessThanOrEqual(432_000);
      }),
    );
  });
});
