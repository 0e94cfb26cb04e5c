import { expect, it } from "vitest";
import { parameterHeads } from "../../../reports/tuning/parameter-heads.js";

it.each([
  [
    ["vesting.retention_target", "vesting.max_multiplier"],
    ["retention_target", "max_multiplier"],
  ],
  [
    ["stages.0.burn.share", "stages.1.burn.share", "stages.1.curve.ratio"],
    ["0.burn.share", "1.burn.share", "1.curve.ratio"],
  ],
  [
    ["seed", "closed_loop.seed"],
    ["seed", "closed_loop.seed"],
  ],
  [["seed"], ["seed"]],
])("%j are told apart as %j", (paths, heads) => {
  expect(parameterHeads(paths)).toEqual(heads);
});
