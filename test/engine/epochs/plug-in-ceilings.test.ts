import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StageList } from "../../../engine/epochs/stage-list.js";
import type { StageConfiguration } from "../../../engine/index.js";
import type { MultiplierRule } from "../../../engine/rules/multipliers/index.js";
import type { Stage } from "../../../engine/rules/stages/stage.js";
import { REST_ROWS } from "../../../engine/tables/vocabularies/rest-rows.js";
import { stageFacts } from "../stage-facts.js";

const BURN = REST_ROWS.indexOf("burn");

/** Half of what is held, or of everything. */
const halved = (answer = 0.5): MultiplierRule => ({
  name: "halved",
  meaning: "m",
  parameters: {},
  ceiling: () => 0.5,
  bind: () => () => answer,
});
const factors = (more: object = {}): Stage => ({
  name: "factors",
  meaning: "m",
  effect: "factor",
  parameters: {},
  bind: () => ({ ceiling: 0.5, factor: () => 0.5, ...more }),
});
const own = <Rule>(rule: Rule) => ({ file: "./own.ts", rule, values: {} });
const multiplied = (rule: MultiplierRule): StageConfiguration => ({ stage: "multiplier", parameters: {}, variant: own(rule), of: {} });
const staged = (stage: Stage): StageConfiguration => ({ stage: own(stage), parameters: {} });
const gate: StageConfiguration = { stage: "gate", parameters: { by: "stake", atLeast: 5, unit: "alpha", below: "no_bonus", power: 1 } };

/** Miners of equal weight; NaN: nothing was received yet. */
function outcome(stages: readonly StageConfiguration[], heldShares: readonly number[], stakeAlpha: readonly number[], outside = -1) {
  const count = heldShares.length;
  const facts = stageFacts(count, {
    stakeRao: Float64Array.from(stakeAlpha, (alpha) => alpha * 1e9),
    heldShare: Float64Array.from(heldShares),
  });
  const list = new StageList({ stages, residual: "burn", recordsEveryEpoch: false });
  list.run(facts, new Float64Array(count).fill(1), outside);
  return { shares: [...list.shares.subarray(0, count)], burnt: list.rest[BURN] };
}

describe("a rule of one's own whose ceiling is below 1", () => {
  it("leaves who was paid nothing yet with a factor of 1, and burns what the others lose", () => {
    const { shares, burnt } = outcome([multiplied(halved())], [Number.NaN, 1, 1, 1], [9, 9, 9, 9]);
    expect(shares).toEqual([0.25, 0.125, 0.125, 0.125]);
    expect(burnt).toBe(0.375);
  });

  it.each([
    ["a multiplier", multiplied(halved())],
    ["a stage that is a bonus", staged(factors({ isBonus: true }))],
  ])("gives exactly 1 to who has no bonus of %s", (_, stage) => {
    expect(outcome([gate, stage], [1, 1], [9, 1]).shares).toEqual([0.25, 0.5]);
  });

  it("takes from miners beside who is outside, and not from outside", () => {
    const { shares, burnt } = outcome([staged(factors())], [1, Number.NaN], [9, 0], 1);
    expect([shares, burnt]).toEqual([[0.25, 0.5], 0.25]);
  });

  it("is the largest factor there is where nothing else can occur", () => {
    expect(outcome([staged(factors())], [1, 1], [9, 9])).toEqual({ shares: [0.5, 0.5], burnt: 0 });
  });

  it("gives no -0, which would be another digest", () => {
    for (const stages of [[multiplied(halved(-0))], [staged(factors({ factor: () => -0 }))]]) {
      expect(outcome(stages, [1, 1], [9, 9]).shares.every((share) => Object.is(share, 0))).toBe(true);
    }
  });
});

describe("what bind of a stage gives", () => {
  it.each([
    [{ isBouns: true }, "isBouns"],
    [{ isBonus: 1 }, "1"],
    [{ withholds: true }, "true"],
    [{ factors: () => undefined }, "factors"],
  ])("is refused with %j, which nobody would read", (more, found) => {
    expect(() => outcome([staged(factors(more))], [1], [9])).toThrow(new RegExp(`TEN-PLUGIN-012.*Found "?${found}`));
  });

  it("may be made by a class with fields of its own", () => {
    class Halving {
      readonly part = 0.5;
      get ceiling() {
        return this.part;
      }
      factor() {
        return this.part;
      }
    }
    const stage = { ...factors(), bind: () => new Halving() } as Stage;
    expect(outcome([staged(stage)], [1, 1], [9, 9]).shares).toEqual([0.5, 0.5]);
  });
});

describe("the loop that a stage has of its own", () => {
  it("gives what the list asks of it miner by miner", () => {
    const multiplier = (maxMultiplier: number): StageConfiguration => ({
      stage: "multiplier",
      parameters: {},
      variant: "geometric",
      of: { retentionTarget: 0.9, maxMultiplier, retentionWindowDays: 30 },
    });
    const shares = fc.array(fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(shares, fc.double({ min: 1, max: 5, noNaN: true }), (held, max) => {
        const stakes = held.map((_, i) => i);
        const together = outcome([multiplier(max)], held, stakes);
        // A gate that nobody fails makes the list ask one by one.
        const open = { ...gate, parameters: { ...gate.parameters, atLeast: 0 } };
        expect(outcome([open, multiplier(max)], held, stakes)).toEqual(together);
      }),
    );
  });
});
