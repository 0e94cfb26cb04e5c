import type { HoldingRuleConfiguration } from "../configuration/rule-configuration.js";
import { Fraction } from "../kernel/decimal.js";

/**
 * The minimum stake as whole rao of a subnet's alpha: the least that is worth it at the latest price, by the price's own
 * decimal. With no price yet (0) a TAO minimum above 0 is out of reach.
 */
export function minimumStakeRaoOf(
  { minimumStakeRao, minimumStakeUnit }: Pick<HoldingRuleConfiguration, "minimumStakeRao" | "minimumStakeUnit">,
  priceTaoPerAlpha: number,
): number {
  if (minimumStakeUnit === "alpha" || minimumStakeRao === 0) return minimumStakeRao;
  if (!(priceTaoPerAlpha > 0)) return Number.POSITIVE_INFINITY;
  return Number(Fraction.whole(minimumStakeRao).over(Fraction.decimal(priceTaoPerAlpha)).ceil());
}
