import { min } from "../../kernel/math.js";
import { shareOf } from "../epsilon.js";
import type { BondTrade } from "./bond-market.js";

/** yuma2c: a bond holds as much as its validator has stake, is bought by a part of that an epoch, and decays. */
export function tradeYuma2c({ miners, validators, bonds, stake, weights, incentive, dividends, configuration }: BondTrade): void {
  const { capacityAlpha, decayRate } = configuration;
  for (let miner = 0; miner < miners; miner++) {
    const first = miner * validators;
    let sum = 0;
    for (let i = 0; i < validators; i++) {
      const last = bonds[first + i];
      const room = stake[i] > last ? stake[i] - last : 0;
      const bond = min((1 - decayRate) * last + min(capacityAlpha * stake[i], room) * weights[first + i], stake[i]);
      bonds[first + i] = bond;
      sum += bond;
    }
    for (let i = 0; i < validators; i++) dividends[i] += shareOf(bonds[first + i], sum) * incentive[miner];
  }
}
