import type { World } from "../../books/world.js";
import { floor, max } from "../../kernel/math.js";
import { tokensText } from "../../kernel/money.js";
import { BLOCK_MS, DAY_MS, instantText } from "../../kernel/time.js";
import type { AlphaMarket } from "./alpha-market.js";
import type { PriceUse } from "./last-price-use.js";

/** Subnets that are named of those that have prices. */
const MOST_TOLD = 8;

/** That nobody could trade on a subnet, since no stream told a price of it. */
export function noPriceTold(world: World, { subnet, market }: AlphaMarket): string[] {
  if (market.priceTao > 0) return [];
  const { netuid } = subnet.configuration;
  const priced = [...world.subnets.values()].filter(({ toldPrices }) => toldPrices.lastMs >= 0).map((one) => one.configuration.netuid);
  const others = priced.sort((a, b) => a - b).slice(0, MOST_TOLD);
  const more = priced.length > MOST_TOLD ? ` and ${priced.length - MOST_TOLD} more` : "";
  const told =
    priced.length === 0 ? "" : ` The streams tell prices of ${priced.length === 1 ? "subnet" : "subnets"} ${others.join(", ")}${more}.`;
  return [
    `No stream tells a price of subnet ${netuid}: nobody could sell or buy, and stake counts as nothing, so no profit says anything.${told} Add a stream of prices of subnet ${netuid}.`,
  ];
}

/**
 * That prices end before the run does, and what rests on the last. Prices that go on are never further apart than they were before, and an
 * epoch at most passes by after the last.
 */
export function pricesThatEnd(world: World, { subnet, use, pool }: AlphaMarket): string[] {
  const { configuration, toldPrices } = subnet;
  if (pool !== null || toldPrices.lastMs < 0) return [];
  const { nowMs } = world.agenda;
  const sinceMs = nowMs - toldPrices.lastMs;
  if (sinceMs <= max(toldPrices.longestGapMs, configuration.tempoBlocks * BLOCK_MS)) return [];
  const part = (of: PriceUse, what: string, done: string): string[] => {
    const { count, rao, countAfter, raoAfter } = use.tallyOf(of);
    if (countAfter === 0) return [];
    const alpha = `${tokensText(raoAfter.toBigInt())} of ${tokensText(rao.toBigInt())} alpha`;
    return [`${countAfter} of ${count} ${count === 1 ? what : `${what}s`} (${alpha}) ${countAfter === 1 ? "was" : "were"} ${done}`];
  };
  const uses = [
    ...part("sold", "sale", "made"),
    ...part("bought", "purchase", "made"),
    ...part("passedOver", "recorded act", "valued"),
    "what is held at the end is valued",
  ];
  const end = instantText(toldPrices.lastMs);
  return [
    `Prices of subnet ${configuration.netuid} end at ${end}, ${spanText(sinceMs)} before the run does. Later, at that last price, ${listed(uses)}. Add prices to the end, or end the run there (time.end).`,
  ];
}

/** A time in days, or hours where it is less than two. */
function spanText(ms: number): string {
  const inTenths = (unitMs: number) => floor((ms / unitMs) * 10) / 10;
  return ms < 2 * DAY_MS ? `${inTenths(DAY_MS / 24)} h` : `${inTenths(DAY_MS)} days`;
}

function listed(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}
