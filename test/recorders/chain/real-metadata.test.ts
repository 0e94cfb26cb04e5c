import { describe, expect, test } from "vitest";
import { requireKnownKeys } from "../../../recorders/chain/runtime/known-maps.js";
import { Runtime } from "../../../recorders/chain/runtime/runtime.js";
import { REAL_SPECS, realMetadata } from "./real-metadata.js";

const present = realMetadata(REAL_SPECS[0]) !== undefined;

describe.skipIf(!present)("metadata of the real chain", () => {
  const runtimes = new Map(present ? REAL_SPECS.map((spec) => [spec, new Runtime(spec, realMetadata(spec) as string, 1)]) : []);
  const runtimeAt = (spec: number): Runtime => runtimes.get(spec) as Runtime;

  test.each(REAL_SPECS)("of spec %i keys its maps as they are asked for", (spec) => {
    expect(() => requireKnownKeys(runtimeAt(spec))).not.toThrow();
  });

  test.each(REAL_SPECS)("of spec %i has every event in a form that is known", (spec) => {
    expect(runtimeAt(spec).unreadEvents).toEqual([]);
  });

  test.each([
    [218, "integer", undefined],
    [346, "fixed_64", undefined],
    [393, "fixed_64", undefined],
    [424, "fixed_64", "decimal"],
  ])("of spec %i writes shares as %s, and as %s in the second maps", (spec, first, second) => {
    const formats = ["Alpha", "TotalHotkeyShares", "AlphaV2", "TotalHotkeySharesV2"].map((item) => runtimeAt(spec).shareFormat(item));
    expect(formats).toEqual([first, first, second, second]);
  });

  test.each([
    [218, false, false],
    [346, true, false],
    [393, true, false],
    [424, false, true],
  ])("of spec %i: a square-root price %s, a balancer %s", (spec, hasSquareRoot, hasBalancer) => {
    const runtime = runtimeAt(spec);
    expect(runtime.hasStorage("SubtensorModule", "TotalHotkeyAlpha")).toBe(true);
    expect(runtime.hasStorage("Swap", "AlphaSqrtPrice")).toBe(hasSquareRoot);
    expect(runtime.hasStorage("Swap", "SwapBalancer")).toBe(hasBalancer);
    expect(runtime.hasStorage("SubtensorModule", "Nothing")).toBe(false);
  });
});
