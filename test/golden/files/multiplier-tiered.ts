import { z } from "zod";
import { tiered } from "../../../engine/rules/multipliers/tiered.js";
import { AMOUNT_TIERS, TIME_TIERS } from "../bettensor-live.js";
import { checker, goldenCase } from "../case.js";
import { near } from "../difference.js";

const TOLERANCE = 1e-12;

const schema = goldenCase(
  z.object({ holding_percentage: z.number(), holding_duration_days: z.number() }),
  z.object({ multiplier: z.number() }),
);

const multiplier = tiered.bind({
  maxMultiplier: 1.5,
  amountTiers: AMOUNT_TIERS,
  timeTiers: TIME_TIERS,
});

/** Golden file 3: the tiered rule. */
export const checkMultiplierTiered = checker(schema, ({ input, expected }) => {
  near("multiplier", multiplier(input.holding_percentage, input.holding_duration_days), expected.multiplier, TOLERANCE);
});
