import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fraction } from "../../../../engine/kernel/decimal.js";
import { type StageName, stageOf } from "../../../../engine/rules/stages/index.js";
import type { BoundShareStage } from "../../../../engine/rules/stages/stage.js";
import { stageFacts } from "../../stage-facts.js";

const around = { kept: Fraction.whole(1), listOf: () => ({ run: () => new Float64Array(0) }) };

function bound(stage: StageName, stated: object): BoundShareStage {
  const declared = stageOf(stage);
  if (declared.effect !== "share") throw new Error(`${stage} shares nothing`);
  return declared.bind(stated as never, around);
}

/** Weights after a stage, of weights before. */
function shared(stage: BoundShareStage, before: readonly number[], base: readonly number[] = before): readonly number[] {
  const weights = Float64Array.from(before);
  const list = { base: Float64Array.from(base), withheld: new Uint8Array(before.length) };
  stage.share(stageFacts(before.length, {}), Float64Array.from(before), weights, list);
  return [...weights];
}

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
/** Shares that sum to at most 1; some are 0. */
const shares = fc
  .array(fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: fc.integer({ min: 1, max: 1_000_000 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((all) => all.map((one) => one / Math.max(1, sum(all))));
const limit = fc.integer({ min: 1, max: 1000 }).map((one) => one / 1000);

/** The one multiple of shares that, bounded, keeps their sum: found by halving. */
function multiple(all: readonly number[], bounded: (share: number, times: number) => number, low: number, high: number): number {
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (sum(all.map((one) => bounded(one, middle))) < sum(all)) low = middle;
    else high = middle;
  }
  return high;
}

function closeTo(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [i, one] of wanted.entries()) expect(Math.abs(found[i] - one)).toBeLessThanOrEqual(1e-9);
}

describe("cap", () => {
  it("gives what is over to the others in proportion, and never more than the limit", () => {
    fc.assert(
      fc.property(shares, limit, (before, maxShare) => {
        const after = shared(bound("cap", { maxShare, excess: "others" }), before);
        const positive = before.filter((one) => one > 0).length;
        const isPossible = positive * maxShare > sum(before);
        const times = isPossible ? multiple(before, (one, x) => Math.min(maxShare, x * one), 0, 1e9) : Number.POSITIVE_INFINITY;
        closeTo(
          after,
          before.map((one) => (one === 0 ? 0 : Math.min(maxShare, times * one))),
        );
      }),
    );
  });

  it("or leaves it for the residual", () => {
    expect(shared(bound("cap", { maxShare: 0.4, excess: "residual" }), [0.6, 0.4, 0])).toEqual([0.4, 0.4, 0]);
  });
});

describe("floor", () => {
  it("lifts who has any to the limit, at the cost of the others in proportion", () => {
    fc.assert(
      fc.property(shares, limit, (before, minShare) => {
        const after = shared(bound("floor", { minShare }), before);
        const positive = before.filter((one) => one > 0).length;
        const isEqual = positive * minShare >= sum(before);
        const times = isEqual
          ? 0
          : multiple(
              before.filter((one) => one > 0),
              (one, x) => Math.max(minShare, x * one),
              0,
              1,
            );
        const least = isEqual ? sum(before) / positive : minShare;
        closeTo(
          after,
          before.map((one) => (one === 0 ? 0 : Math.max(least, times * one))),
        );
      }),
    );
  });
});

describe("threshold", () => {
  it("cuts who fell below, keeps the sum, and cuts nobody where it would cut all", () => {
    const stage = bound("threshold", { relative: 0.5, absolute: 0.1 });
    expect(stage.keepsCeiling).toBe(true);
    expect(shared(stage, [0.5, 0.25, 0.05], [0.5, 0.3, 0.2])).toEqual([0.5 * (0.8 / 0.75), 0.25 * (0.8 / 0.75), 0]);
    expect(shared(stage, [0.09, 0.08], [0.5, 0.5])).toEqual([0.09, 0.08]);
  });
});

describe("smooth", () => {
  /** Epochs of a few uids: hotkey on each, -1 for none, and its share. */
  const epochs = fc.array(fc.array(fc.record({ key: fc.integer({ min: -1, max: 3 }), share: limit }), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 12,
  });
  type Epochs = readonly (readonly { readonly key: number; readonly share: number }[])[];

  /** Means by uid after each epoch, over the whole past of each uid. */
  function pasts(all: Epochs, resets: boolean): (readonly number[])[][] {
    const last = [-1, -1, -1];
    const past: number[][] = [[], [], []];
    return all.map((epoch) =>
      epoch.map(({ key, share }, uid) => {
        if (key !== -1) {
          if (resets && last[uid] !== -1 && last[uid] !== key) past[uid] = past[uid].map(() => 0);
          last[uid] = key;
        }
        past[uid] = [...past[uid], key === -1 ? 0 : share / 3];
        return past[uid];
      }),
    );
  }

  function run(stage: BoundShareStage, all: Epochs): (readonly number[])[] {
    return all.map((epoch) => {
      const seated = epoch.flatMap(({ key, share }, uid) => (key === -1 ? [] : [{ key, uid, share: share / 3 }]));
      const facts = stageFacts(seated.length, {
        uid: Int32Array.from(seated, ({ uid }) => uid),
        key: Int32Array.from(seated, ({ key }) => key),
      });
      const before = Float64Array.from(seated, ({ share }) => share);
      const weights = new Float64Array(seated.length);
      stage.share(facts, before, weights, { base: before, withheld: new Uint8Array(seated.length) });
      return [...weights];
    });
  }

  it.each(["reset", "keep"])("over a window is the mean of the last epochs of the uid (%s)", (onNewKey) => {
    fc.assert(
      fc.property(epochs, fc.integer({ min: 1, max: 5 }), (all, length) => {
        const found = run(bound("smooth", { onNewKey, variant: "window", of: { epochs: length } }), all);
        for (const [e, means] of pasts(all, onNewKey === "reset").entries()) {
          const wanted = means.map((past) => sum(past.slice(-length)) / Math.min(e + 1, length));
          closeTo(
            found[e],
            wanted.filter((_, uid) => all[e][uid].key !== -1),
          );
        }
      }),
    );
  });

  it.each(["reset", "keep"])("by an average weighs the past down, epoch by epoch (%s)", (onNewKey) => {
    fc.assert(
      fc.property(epochs, limit, (all, alpha) => {
        const found = run(bound("smooth", { onNewKey, variant: "ema", of: { alpha, halfLifeEpochs: null } }), all);
        for (const [e, means] of pasts(all, onNewKey === "reset").entries()) {
          const wanted = means.map((past) =>
            sum(past.map((share, i) => share * (i === 0 ? 1 : alpha) * (1 - alpha) ** (past.length - 1 - i))),
          );
          closeTo(
            found[e],
            wanted.filter((_, uid) => all[e][uid].key !== -1),
          );
        }
      }),
    );
  });

  it("by a half-life loses half in so many epochs", () => {
    const stage = bound("smooth", { onNewKey: "reset", variant: "ema", of: { alpha: null, halfLifeEpochs: 2 } });
    const found = [0.3, 0, 0].map((share) => {
      const weights = new Float64Array(1);
      stage.share(stageFacts(1, {}), Float64Array.of(share), weights, { base: weights, withheld: new Uint8Array(1) });
      return weights[0];
    });
    expect(found[2]).toBeCloseTo(0.15, 15);
  });
});
