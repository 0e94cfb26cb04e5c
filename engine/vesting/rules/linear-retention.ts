import { Fraction } from "../../kernel/decimal.js";
import { min } from "../../kernel/math.js";
import type { MultiplierRule } from "./multiplier-rule.js";

const ONE = Fraction.whole(1);

/** In proportion to what is held, whatever its age, never above 1: min(1, held_share / retention_target) (mechanisms 5). */
export const linearRetention: MultiplierRule = {
  name: "linear_retention",
  bind({ retentionTarget }) {
    return (heldShare) => min(1, heldShare / retentionTarget);
  },
  reaches({ retentionTarget }, limit, held) {
    if (limit.compare(ONE) > 0) return false;
    return held.share().compare(limit.times(Fraction.decimal(retentionTarget))) >= 0;
  },
  explain({ retentionTarget }, heldShare) {
    return [
      { name: "held_share", formula: "", value: heldShare },
      { name: "retention_target", formula: "", value: retentionTarget },
      { name: "multiplier", formula: "min(1, held_share / retention_target)", value: min(1, heldShare / retentionTarget) },
    ];
  },
};
