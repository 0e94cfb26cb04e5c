import { describe, expect, it } from "vitest";
import { nearestName, nearestNameOrPart } from "../../../engine/index.js";

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

  it.each(["slashing", "x", "", "max", "retention"])("to %j is none", (name) => {
    expect(nearestName(name, known)).toBeUndefined();
  });

  it("of a thing in a file of others may also be one that it is a part of, or that is a part of it", () => {
    expect(nearestNameOrPart("amont_rao", ["balance_rao", "amount_rao"])).toBe("amount_rao");
    expect(nearestNameOrPart("Balance", ["amount_rao", "balance_rao"])).toBe("balance_rao");
    expect(nearestNameOrPart("amount", ["to_amount_rao", "amount_rao"])).toBe("amount_rao");
    expect(nearestNameOrPart("total_amount_rao_paid", ["time_ms", "amount_rao"])).toBe("amount_rao");
    expect(nearestNameOrPart("rao", ["balance_rao"])).toBeUndefined();
    expect(nearestNameOrPart("x", ["time_ms", "hotkey"])).toBeUndefined();
  });
});
