import type { World } from "../../books/world.js";
import { tokensText } from "../../kernel/money.js";
import { instantText } from "../../kernel/time.js";
import { noPriceTold, pricesThatEnd } from "../closed-loop/price-warnings.js";
import { about, type Warning } from "../warning.js";
import type { HandedMiner } from "./handed-miner.js";
import type { HandedOverSubnet } from "./handed-over-subnet.js";

/** One who decides, and the subnet that it is on. */
export interface Begun {
  readonly subnet: HandedOverSubnet;
  readonly miner: HandedMiner;
}

/** What a reader should know of positions that were handed over. */
export function handedOverWarnings(world: World, subnets: readonly HandedOverSubnet[], begun: readonly Begun[]): readonly Warning[] {
  const miners = begun.map(({ miner }) => miner);
  return [
    ...about("handed_over", [...miners.flatMap(sentElsewhere), ...begun.flatMap(startWithoutPrice), ...miners.flatMap(withoutPrice)]),
    ...about("prices", [
      ...subnets.flatMap(({ alpha }) => noPriceTold(world, alpha)),
      ...subnets.flatMap(({ alpha }) => pricesThatEnd(world, alpha)),
    ]),
  ];
}

function sentElsewhere({ name, course }: HandedMiner): string[] {
  const rao = course.arrivedElsewhereRao.toBigInt();
  if (rao === 0n) return [];
  return [
    `${tokensText(rao)} alpha that ${name} was recorded to send to others came to these from outside: they are as recorded, and ${name} keeps what it had. Where they are its own keys, hand them over, too.`,
  ];
}

/** Where there was none later either, the subnet says so. */
function startWithoutPrice({ subnet: { firstPriceTao, firstPriceMs }, miner }: Begun): string[] {
  const { name, startPriceTao, stakeStartRao, recordedStartRao } = miner;
  if (startPriceTao > 0 || firstPriceTao === 0 || (stakeStartRao === 0 && recordedStartRao === 0n)) return [];
  return [
    `${tokensText(stakeStartRao)} alpha that ${name} held when it was handed over had no price then: on both sides it is valued at the price of ${instantText(firstPriceMs)}, the first at which anybody decided. Until then it could not sell or buy.`,
  ];
}

function withoutPrice({ name, course }: HandedMiner): string[] {
  const rao = course.unpricedRao.toBigInt();
  if (rao === 0n) return [];
  return [
    `${tokensText(rao)} alpha that ${name} was recorded to add or take out had no price at the time: what the recording made of it counts without it.`,
  ];
}
