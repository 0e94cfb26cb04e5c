import fc from "fast-check";
import { expect, it } from "vitest";
import { valueLabels } from "../../../reports/tuning/value-labels.js";

it.each([
  [
    ["0.5", "0.666666666666667", "0.833333333333333", "1"],
    ["0.5", "0.6667", "0.8333", "1"],
  ],
  [
    ["1.00001", "1.00002"],
    ["1.00001", "1.00002"],
  ],
  [
    ["hold", "sell_all", "0.8 to 0.9"],
    ["hold", "sell_all", "0.8 to 0.9"],
  ],
  [["123456"], ["123456"]],
])("values %j are called %j", (values, labels) => {
  expect(values.map(valueLabels(values))).toEqual(labels);
});

it("labels tell apart what values tell apart, and none is longer than its value", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), { minLength: 1, maxLength: 8 }),
      (values) => {
        const labels = values.map(valueLabels(values));
        expect(new Set(labels).size).toBe(values.length);
        for (const [at, label] of labels.entries()) expect(label.length).toBeLessThanOrEqual(values[at].length);
      },
    ),
  );
});
