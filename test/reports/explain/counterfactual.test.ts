import { expect, it } from "vitest";
import { counterfactualOf } from "../../../reports/explain/counterfactual.js";
import type { RunExplanation } from "../../../reports/explain/run-explanation.js";
import { PLAIN_STYLE } from "../../../reports/style.js";
import { counterfactualText } from "../../../reports/text/counterfactual-text.js";

function explained(parts: Readonly<Record<string, bigint>>): RunExplanation {
  const all = Object.entries(parts).map(([term, amount_rao]) => ({ term, path: null, amount_rao, words: term }));
  const paid_rao = all.reduce((sum, { amount_rao }) => sum + amount_rao, 0n);
  return { kind: "run", epochs: 3, told_epochs: 3, parts: all, paid_rao } as unknown as RunExplanation;
}

const AS = { base_weight: 5_000_000_000n, "stage.1.curve": 1_000_000_000n, "stage.2.burn": -2_000_000_000n, rounding: 16n };

it("a part that differs by a rao, as its own rounding may, is no change of the table, and is counted below it", () => {
  const would = { ...AS, "stage.1.curve": 999_999_999n, "stage.2.burn": -1_500_000_000n, rounding: 21n };
  const found = counterfactualOf(["stages.1.burn.share=0.2"], explained(AS), explained(would));
  expect(found.lines.filter(({ by_rounding: byRounding }) => byRounding).map(({ term }) => term)).toEqual(["stage.1.curve"]);
  // All differences sum to that of the pay, the rao of rounding among them.
  const [paid] = found.lines.slice(-1);
  const sum = found.lines.slice(0, -1).reduce((total, { difference }) => total + BigInt(difference ?? 0), 0n);
  expect(paid).toMatchObject({ term: "paid", difference: sum, by_rounding: false });
  const text = counterfactualText(found, explained(AS), PLAIN_STYLE);
  expect(text).not.toContain("stage.1.curve");
  expect(text).toContain("stage.2.burn");
  expect(text).toContain("1 term more is the same, 1 term more differs by a rao of rounding alone; --json has all");
});

it("two rao are a change, and so is one of the pay", () => {
  const found = counterfactualOf([], explained(AS), explained({ ...AS, "stage.1.curve": 999_999_998n, rounding: 17n }));
  const text = counterfactualText(found, explained(AS), PLAIN_STYLE);
  expect(text).toContain("stage.1.curve");
  expect(text).toMatch(/paid .*-0\.000000001/);
});

it("nothing differs where nothing does", () => {
  const found = counterfactualOf(["a=1"], explained(AS), explained(AS));
  expect(found.lines.every(({ by_rounding: byRounding }) => !byRounding)).toBe(true);
  expect(counterfactualText(found, explained(AS), PLAIN_STYLE)).toContain("Nothing of it differs.");
});
