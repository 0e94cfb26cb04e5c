import { describe, expect, it } from "vitest";
import { ValidatorWeights } from "../../../engine/books/validator-weights.js";

const [V1, V2, M1, M2, M3] = [1, 2, 11, 12, 13];

function shown(weights: ValidatorWeights) {
  return weights.on(5).map(({ validator, stakeRao, weights: set }) => [validator, stakeRao, [...set]]);
}

describe("what validators set", () => {
  it("is all rows of one instant, in place of the set before", () => {
    const weights = new ValidatorWeights();
    weights.set(5, V1, M1, 1, 0, 1000);
    weights.set(5, V1, M2, 2, 0, 1000);
    weights.set(5, V2, M1, 3, 700, 1500);
    expect(shown(weights)).toEqual([
      [V1, 0, [[M1, 1], [M2, 2]]],
      [V2, 700, [[M1, 3]]],
    ]); // biome-ignore format: rows of weights
    weights.set(5, V1, M3, 4, 90, 2000);
    expect(shown(weights)).toEqual([
      [V1, 90, [[M3, 4]]],
      [V2, 700, [[M1, 3]]],
    ]);
    expect(weights.on(6)).toEqual([]);
  });

  it("goes along with a hotkey that is swapped, as a miner and as a validator", () => {
    const weights = new ValidatorWeights();
    weights.set(5, V1, M1, 1, 0, 1000);
    weights.set(5, V1, M2, 2, 0, 1000);
    weights.rename(5, M1, M3);
    weights.rename(5, V1, V2);
    weights.rename(6, M2, M1);
    expect(shown(weights)).toEqual([[V2, 0, [[M2, 2], [M3, 1]]]]); // biome-ignore format: rows of weights
    // Whoever has weight of its own keeps it.
    weights.rename(5, M2, M3);
    expect(shown(weights)).toEqual([[V2, 0, [[M3, 1]]]]);
  });
});
