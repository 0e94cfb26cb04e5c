import { min, sqrt } from "../../kernel/math.js";
import type { MultiplierRule } from "./multiplier-rule.js";

/**
 * The geometric mean of how much and how long is held (mechanisms 5; from the Bettensor vesting system):
 * multiplier = 1 + sqrt(percentage_factor * duration_factor) * (max_multiplier - 1).
 */
export const geometric: MultiplierRule = {
  name: "geometric",
  bind({ retentionTarget, retentionWindowDays, maxMultiplier }) {
    const bonus = maxMultiplier - 1;
    return (heldShare, heldDays) => 1 + sqrt(min(1, heldShare / retentionTarget) * min(1, heldDays / retentionWindowDays)) * bonus;
  },
  explain({ retentionTarget, retentionWindowDays, maxMultiplier }, heldShare, heldDays) {
    const percentageFactor = min(1, heldShare / retentionTarget);
    const durationFactor = min(1, heldDays / retentionWindowDays);
    const combinedFactor = sqrt(percentageFactor * durationFactor);
    return [
      { name: "held_share", formula: "", value: heldShare },
      { name: "retention_target", formula: "", value: retentionTarget },
      { name: "percentage_factor", formula: "min(1, held_share / retention_target)", value: percentageFactor },
      { name: "held_days", formula: "", value: heldDays },
      { name: "retention_window_days", formula: "", value: retentionWindowDays },
      { name: "duration_factor", formula: "min(1, held_days / retention_window_days)", value: durationFactor },
      { name: "combined_factor", formula: "sqrt(percentage_factor * duration_factor)", value: combinedFactor },
      { name: "max_multiplier", formula: "", value: maxMultiplier },
      { name: "multiplier", formula: "1 + combined_factor * (max_multiplier - 1)", value: 1 + combinedFactor * (maxMultiplier - 1) },
    ];
  },
};
