import { LARGEST_MULTIPLIER, LONGEST_DAYS } from "../../kernel/ranges.js";
import { number } from "../parameter.js";

/** Parameters that several rules of holding have in common. */
export const RETENTION_TARGET = number({
  range: { above: 0, atMost: 1 },
  default: 0.9,
  unit: "0..1",
  meaning: "Held share from which on the whole bonus for the amount is given.",
  code: "TEN-RULE-001",
});
export const RETENTION_WINDOW_DAYS = number({
  range: { above: 0, atMost: LONGEST_DAYS },
  default: 30,
  unit: "days",
  meaning:
    "Mean age, in days, from which on the whole bonus for time is given. Under `vesting` also the window of `retention_scope: window`.",
  code: "TEN-RULE-002",
});
export const MAX_MULTIPLIER = number({
  range: { atLeast: 1, atMost: LARGEST_MULTIPLIER },
  default: 1.5,
  meaning: "The largest multiplier; 1 gives no bonus.",
  code: "TEN-RULE-003",
});
