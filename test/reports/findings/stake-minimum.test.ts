import { expect, it } from "vitest";
import { minimumOf } from "../../../reports/findings/evidence/stake-minimum.js";

const T = 1_000_000_000;
const gate = (by: string, below = "scale") => ({ stage: "gate", parameters: { by, atLeast: 8, unit: "alpha", below } });
const minimum = (...stages: readonly object[]) => minimumOf({ vesting: { mode: "on" }, stages: { stages, residual: null } } as never);

it("a minimum of stake is asked by a gate by stake alone", () => {
  for (const by of ["collateral", "age", "volume"]) expect(minimum(gate(by))).toBeNull();
  const found = { rao: 8 * T, words: "8 alpha", below: "zero" };
  expect(minimum(gate("stake", "zero"))).toEqual({ ...found, path: "stages.0.gate.at_least" });
  expect(minimum(gate("collateral"), gate("stake", "zero"))).toEqual({ ...found, path: "stages.1.gate.at_least" });
});
