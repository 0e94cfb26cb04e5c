import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ABSENT_STAGE, isAbsent, type StageConfiguration } from "../../../engine/index.js";
import { stagesBeside } from "../../../reports/guard/cause/stages-beside.js";

const stage = (name: "cap" | "floor" | "burn" | "curve", parameters: object, variant?: string): StageConfiguration =>
  variant === undefined ? { stage: name, parameters } : { stage: name, parameters, variant, of: {} };

const drawn: fc.Arbitrary<StageConfiguration> = fc.oneof(
  fc.constantFrom<"cap" | "floor" | "burn">("cap", "floor", "burn").chain((name) => fc.nat(2).map((value) => stage(name, { value }))),
  fc.constantFrom("power", "geometric").chain((variant) => fc.nat(2).map((value) => stage("curve", { value }, variant))),
);
const textOf = (one: StageConfiguration) => JSON.stringify(one);

/** Over all ways to leave stages out of both lists, what of them is the same, of one rule, of one name. */
function best(before: readonly StageConfiguration[], now: readonly StageConfiguration[]): number {
  if (before.length === 0 || now.length === 0) return 0;
  const [[left, ...lefts], [right, ...rights]] = [before, now];
  const without = Math.max(best(lefts, now), best(before, rights));
  return left.stage !== right.stage ? without : Math.max(without, worth(left, right) + best(lefts, rights));
}
const worth = (left: StageConfiguration, right: StageConfiguration) =>
  textOf(left) === textOf(right) ? 1_000_000 : left.variant === right.variant ? 1000 : 1;

describe("two lists of stages side by side", () => {
  it("hold each stage of both once, in its order, only stages of one name in a place, and as many as can be that are the same", () => {
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 5 }), fc.array(drawn, { maxLength: 5 }), (before, now) => {
        const places = stagesBeside(before, now);
        expect(places.map((one) => one.before).filter((one) => !isAbsent(one))).toEqual(before);
        expect(places.map((one) => one.now).filter((one) => !isAbsent(one))).toEqual(now);
        const both = places.filter((one) => !isAbsent(one.before) && !isAbsent(one.now));
        for (const one of both) expect(one.before.stage).toBe(one.now.stage);
        for (const one of places) expect(one.isOther).toBe(textOf(one.before) !== textOf(one.now));
        const isPlaceByPlace = JSON.stringify(before.map((one) => one.stage)) === JSON.stringify(now.map((one) => one.stage));
        if (isPlaceByPlace) expect(both).toHaveLength(now.length);
        else expect(both.reduce((sum, one) => sum + worth(one.before, one.now), 0)).toBe(best(before, now));
      }),
    );
  });

  it("are named by the list of now, of what is gone by that of then", () => {
    const [cap, other, burn] = [stage("cap", { value: 1 }), stage("cap", { value: 2 }), stage("burn", { value: 1 })];
    expect(stagesBeside([cap, burn, other], [cap]).map(({ name }) => name)).toEqual(["stage.cap", "stage.burn", "stage.cap-2"]);
    expect(stagesBeside([burn], [cap, other]).map(({ name, before }) => [name, before === ABSENT_STAGE])).toEqual([
      ["stage.burn", false],
      ["stage.cap", true],
      ["stage.cap-2", true],
    ]);
  });
});
