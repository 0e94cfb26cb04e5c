import type { YumaVersion } from "../yuma-configuration.js";
import type { BondMarket } from "./bond-market.js";
import { tradeYuma2c } from "./by-capacity.js";
import { tradeYuma3 } from "./relative-to-one.js";
import { tradeYuma1, tradeYuma2 } from "./relative-to-stake.js";

export type { BondMarket, BondTrade } from "./bond-market.js";

export const BOND_MARKETS: Readonly<Record<YumaVersion, BondMarket>> = {
  yuma1: tradeYuma1,
  yuma2: tradeYuma2,
  yuma2b: tradeYuma2,
  yuma2c: tradeYuma2c,
  yuma3: tradeYuma3,
};
