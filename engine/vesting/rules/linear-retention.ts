import { min } from "../../kernel/math.js";
import type { MultiplierRule } from "./multiplier-rule.js";

/** In proportion to what is held, whatever its age, never above 1: min(1, held_share / retention_target) (mechanisms 5). */
export const linearRetention: MultiplierRule = {
  name: "linear_retention",
  bind({ retentionTarget }) {
    return (heldShare) => min(1, heldShare / retentionTarget);
  },
  explain({ retentionTarget }, heldShare) {
    return [
      { name: "held_share", formula: "", value: heldShare },
      { name: "retention_target", formula: "", value: retentionTarget },
      { name: "multiplier", formula: "min(1, held_share / retention_target)", value: min(1, heldShare / retentionTarget) },
    ];
  },
};
