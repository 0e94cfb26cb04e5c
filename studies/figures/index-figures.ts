import { type Figure, type RunFigures, tokens } from "./figure.js";

/** What became of an index subnet: its fund, its price and who was paid. */
export function indexFigures({ index }: RunFigures): readonly Figure[] {
  if (index === null) return [];
  const { nav, price, premium, fund, emission, inequality } = index;
  const figure = (name: string, unit: string, meaning: string, value: number): Figure => ({ name: `index/${name}`, unit, meaning, value });
  return [
    figure("mean_absolute_premium", "", "Mean distance of the price from the net asset value, as a share of it.", premium.mean_absolute),
    figure("mean_premium", "", "Mean premium (above 0) or discount (below) of the price.", premium.mean),
    figure("largest_premium", "", "The largest distance of the price from the net asset value.", premium.largest),
    figure("tracking_error", "a year", "Standard deviation of the premium's changes, scaled to a year.", premium.tracking_error_per_year),
    figure("end_nav", "TAO", "Net asset value of an index token at the end.", nav.end_tao),
    figure("end_price", "TAO", "Price of an index token at the end.", price.end_tao),
    figure("fund_supply", "tokens", "Index tokens in circulation at the end.", tokens(fund.supply_rao)),
    figure("fund_minted", "tokens", "Index tokens that were minted.", tokens(fund.minted_rao)),
    figure("fund_redeemed", "tokens", "Index tokens that were redeemed.", tokens(fund.redeemed_rao)),
    figure("miners_paid", "alpha", "Emission that miners were paid.", tokens(emission.miners_rao)),
    figure("validators_paid", "alpha", "Emission that validators were paid.", tokens(emission.validators_rao)),
    figure("slashed", "alpha", "What was taken from validators.", tokens(index.slashed_rao)),
    figure("pay_gini", "", "Gini coefficient of the miners' pay.", inequality.gini),
    figure("pay_herfindahl", "", "Herfindahl index of the miners' pay.", inequality.herfindahl),
    figure("top10_share", "", "Share of the pay that the ten best paid miners had.", inequality.top10_share),
  ];
}

/** What each group of participants and validators made. */
export function indexGroupFigures({ index }: RunFigures): readonly Figure[] {
  return (index?.groups ?? []).flatMap(({ group, paid_rao, profit_tao }) => [
    { name: `index/group/${group}/paid`, unit: "alpha", meaning: "What the group was paid.", value: tokens(paid_rao) },
    { name: `index/group/${group}/profit`, unit: "TAO", meaning: "What the group made, after costs.", value: profit_tao },
  ]);
}
