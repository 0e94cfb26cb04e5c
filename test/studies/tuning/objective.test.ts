import { describe, expect, it } from "vitest";
import { lossOf, parseObjective } from "../../../studies/tuning/objectives/objective.js";

describe("what is wanted", () => {
  it.each([
    ["pot_moved", { name: "pot_moved", better: "min" }],
    ["held_end", { name: "held_end", better: "max" }],
    ["price_end=min", { name: "price_end", better: "min" }],
    [" miners = max ", { name: "miners", better: "max" }],
    ["advantage/collude boost=10", { name: "advantage/collude boost=10", better: "min" }],
    ["advantage/collude boost=10=max", { name: "advantage/collude boost=10", better: "max" }],
  ])("is read from %j", (text, objective) => {
    expect(parseObjective(text)).toEqual(objective);
  });

  it.each(["", "=min", "miners", "miners=most"])("is refused as %j", (text) => {
    expect(() => parseObjective(text)).toThrow(/TEN-TUNE-103/);
  });

  it("becomes a loss: smaller is better", () => {
    expect([lossOf({ name: "a", better: "min" }, 3), lossOf({ name: "a", better: "max" }, 3)]).toEqual([3, -3]);
  });
});
