import { LARGEST_MULTIPLIER, type NumberRange } from "../../../kernel/ranges.js";

/** What may come on top of 1. */
export const BONUS_RANGE = { atLeast: 0, atMost: LARGEST_MULTIPLIER - 1 } as const satisfies NumberRange;
