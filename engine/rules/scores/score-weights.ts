import { REWARD_RANGES } from "../../kernel/ranges.js";
import { number } from "../parameter.js";

const weight = (value: number) =>
  number({ range: REWARD_RANGES.share, code: "TEN-REWARD-101", default: value, meaning: "The three weights sum to 1." });

/** What volume, frequency and consistency count; shared by the rules that weigh them. */
export const SCORE_WEIGHTS = {
  volumeWeight: weight(0.7),
  frequencyWeight: weight(0.2),
  consistencyWeight: weight(0.1),
} as const;
