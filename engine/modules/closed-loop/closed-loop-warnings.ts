import type { World } from "../../books/world.js";
import { tokensText } from "../../kernel/money.js";
import { instantText } from "../../kernel/time.js";
import { about, type Warning } from "../warning.js";
import type { ClosedLoop } from "./closed-loop.js";
import { noPriceTold, pricesThatEnd } from "./price-warnings.js";

/** What a reader should know of the prices that miners who decide for themselves had. */
export function closedLoopWarnings(world: World, loop: ClosedLoop): readonly Warning[] {
  const prices = [...noPriceTold(world, loop.alpha), ...pricesThatBegin(loop), ...pricesThatEnd(world, loop.alpha)];
  return [...about("prices", prices), ...about("pay", epochsWithoutConsensus(world, loop))];
}

/** That epochs paid nobody since nothing had the support of Yuma; without it that is told by the epochs alone. */
function epochsWithoutConsensus(world: World, { rated, configuration: { netuid } }: ClosedLoop): string[] {
  if (rated === null || world.configuration.weights === null || rated.epochs.withoutConsensus === 0) return [];
  const { all, withoutConsensus } = rated.epochs;
  return [
    `In ${withoutConsensus} of ${all} epochs of subnet ${netuid} no weight that validators set had the support of kappa: nobody had incentive in them, and what they emitted was not allocated by weights.`,
  ];
}

/** That miners were to decide before there was a price. */
function pricesThatBegin({ subnet, miners, firstToldMs, looksWithoutPrice }: ClosedLoop): string[] {
  if (firstToldMs < 0 || looksWithoutPrice === 0) return [];
  const unpriced = miners.filter(({ hasBegun, startPriceTao }) => hasBegun && startPriceTao === 0);
  const rao = unpriced.reduce((sum, { stakeStartRao }) => sum + BigInt(stakeStartRao), 0n);
  const valued =
    rao === 0n
      ? ""
      : ` The ${tokensText(rao)} alpha that miners began with until then is valued at the price of ${instantText(firstToldMs)}, the first at which anybody decided.`;
  const { configuration, toldPrices } = subnet;
  return [
    `No stream tells a price of subnet ${configuration.netuid} before ${instantText(toldPrices.firstMs)}: until then nobody could sell or buy.${valued}`,
  ];
}
