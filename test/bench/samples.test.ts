import { expect, it } from "vitest";
import { samplesOf } from "../../bench/samples.js";

it("keeps all measurements in order and gives the middle one", () => {
  expect(samplesOf([5.1279, 1, 2], 2)).toEqual({ median: 2, all: [5.13, 1, 2] });
  expect(samplesOf([4, 1, 2, 3], 1)).toEqual({ median: 2.5, all: [4, 1, 2, 3] });
  expect(samplesOf([7], 0)).toEqual({ median: 7, all: [7] });
});
