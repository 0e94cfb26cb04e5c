import { z } from "zod";
import { geometric } from "../../../engine/rules/multipliers/geometric.js";
import { checker, goldenCase } from "../case.js";
import { near, same } from "../difference.js";

const TOLERANCE = 1e-12;

const schema = goldenCase(
  z.object({
    retention_target: z.number(),
    retention_window_days: z.number(),
    max_multiplier: z.number(),
    holding_percentage: z.number(),
    holding_duration: z.number(),
  }),
  z.object({ multiplier: z.number() }).or(z.object({ error: z.enum(["ZeroDivisionError", "complex"]) })),
);

/** Golden file 2: the geometric rule. */
export const checkMultiplierGeometric = checker(schema, ({ input, expected }) => {
  const multiplier = geometric.bind({
    retentionTarget: input.retention_target,
    retentionWindowDays: input.retention_window_days,
    maxMultiplier: input.max_multiplier,
  });
  if ("multiplier" in expected) {
    near("multiplier", multiplier(input.holding_percentage, input.holding_duration), expected.multiplier, TOLERANCE);
  } else if (expected.error === "complex") {
    // A ledger never holds less than nothing, so the share that made the original answer a complex number is 0.
    same("multiplier", multiplier(Math.max(0, input.holding_percentage), input.holding_duration), 1);
  } else {
    // The original divides by 0; docs/explanation/multipliers.md makes such parameters scenario errors, so no rule is ever bound to them.
    same("parameters are invalid", input.retention_target <= 0 || input.retention_window_days <= 0, true);
  }
});
