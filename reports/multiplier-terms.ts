import { explainMultiplier, ruleLabel, type VestingConfiguration } from "../engine/index.js";
import { type AskedAgain, askAgain } from "./asked-again.js";
import { heldExactly } from "./held-exactly.js";
import { meetsMinimum } from "./measured-multiplier.js";
import type { HoldingRow } from "./reading/holdings.js";

/** The terms of the rule of `vesting` for what a miner holds; null where it is of a file that was not read. */
export function multiplierTerms(vesting: VestingConfiguration, holding: HoldingRow): AskedAgain | null {
  const { rule } = vesting;
  const explain = () => explainMultiplier(rule, vesting, holding.held_share, holding.held_days, heldExactly(holding));
  if (typeof rule !== "object") return { terms: explain(), note: null };
  if (rule.rule === null) return null;
  // Whether a minimum in TAO was met is not recorded: who did not meet it has 1.
  const met = meetsMinimum(vesting, holding);
  const isAsked = vesting.mode !== "off" && (met === null ? holding.multiplier !== 1 : met);
  return askAgain(ruleLabel(rule), isAsked ? holding.multiplier : null, explain);
}
