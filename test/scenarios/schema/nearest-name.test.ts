import { describe, expect, it } from "vitest";
import { nearestName } from "../../../scenarios/index.js";

describe("the nearest name", () => {
  const known = ["retention_target", "retention_window_days", "max_multiplier", "rule", "mode"];

  it.each([
    ["retention_targt", "retention_target"],
    ["retention-target", "retention_target"],
    ["retentionTarget", "retention_target"],
    ["max_multiplyer", "max_multiplier"],
    ["rlue", "rule"],
    ["Mode", "mode"],
  ])("to %s is %s", (name, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });

  it.each(["slashing", "x", ""])("to %j is none", (name) => {
    expect(nearestName(name, known)).toBeUndefined();
  });
});
