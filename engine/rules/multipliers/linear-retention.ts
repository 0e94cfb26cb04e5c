import { Fraction } from "../../kernel/decimal.js";
import { min } from "../../kernel/math.js";
import { RETENTION_TARGET } from "./holding-parameters.js";
import { declareMultiplierRule } from "./multiplier-rule.js";

const ONE = Fraction.whole(1);

/** In proportion to what is held, whatever its age: min(1, held_share / retention_target) (docs/explanation/multipliers.md). */
export const linearRetention = declareMultiplierRule({
  name: "linear_retention",
  meaning: "min(1, held share / retention_target): no bonus, only less for who sold",
  parameters: { retentionTarget: RETENTION_TARGET },
  ceiling: () => 1,
  bind({ retentionTarget }) {
    return (heldShare, _heldDays, _exactly, trace) => {
      const multiplier = min(1, heldShare / retentionTarget);
      if (trace == null) return multiplier;
      trace.input("held_share", heldShare);
      trace.input("retention_target", retentionTarget);
      trace.term("multiplier", multiplier, "min(1, held_share / retention_target)");
      return multiplier;
    };
  },
  reaches({ retentionTarget }, limit, held) {
    if (limit.compare(ONE) > 0) return false;
    return held.share().compare(limit.times(Fraction.decimal(retentionTarget))) >= 0;
  },
});
