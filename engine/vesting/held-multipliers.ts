import type { Fraction } from "../kernel/decimal.js";
import type { HeldExactly } from "../rules/multipliers/index.js";
import type { Measurements } from "./measurements.js";

/** What a rule answers to the holdings of an epoch, wherever they were measured. */
export interface HeldMultipliers {
  /** As measured last; used again for the next epoch. */
  readonly measured: Measurements;
  /** Is the multiplier that was measured last at an index at least a limit, by the amounts and decimals that it comes of? */
  reaches(index: number, limit: Fraction): boolean;
  /** What was measured last at an index, exactly; null where no rule is asked about it. Valid until it is asked for again. */
  heldExactly(index: number): HeldExactly | null;
}
