import { alternativesOf, baseOf, type LoopSubnetEntry, profitEach, type RatingEntry, type StrategyEntry } from "../../recorders/index.js";
import { type Figure, type RunFigures, tokens } from "./figure.js";

/** What became of subnets whose miners decide for themselves: the price, what was sold and held, and what each group made. */
export function closedLoopFigures({ closed_loop: loop }: RunFigures): readonly Figure[] {
  const subnets = loop?.subnets ?? [];
  return subnets.flatMap((subnet) => {
    const of = subnets.length === 1 ? "" : `${subnet.alternative?.name ?? `subnet/${subnet.netuid}`}/`;
    const groups = [...subnet.strategies.flatMap((one) => strategyFigures(one, subnet)), ...subnet.validators.flatMap(ratingFigures)];
    return [...marketFigures(subnet), ...groups].map((figure) => ({ ...figure, name: `${of}${figure.name}` }));
  });
}

/** What a strategy would make of a group beyond what the first one listed does, with the same draws for everybody. */
export function advantageFigures({ closed_loop: loop }: RunFigures): readonly Figure[] {
  const alternatives = loop === null ? [] : alternativesOf(loop);
  const base = baseOf(alternatives);
  if (base === undefined) return [];
  return alternatives
    .filter((one) => one !== base)
    .map(({ name, own }) => ({
      name: `advantage/${name}`,
      unit: "TAO",
      meaning: `Profit of a miner of ${own.group} who follows ${name}, less that of the same miner who follows ${base.name}.`,
      value: profitEach(own) - profitEach(base.own),
    }));
}

function marketFigures({ price, pool, sell_pressure, held_end, gini, churn_per_day }: LoopSubnetEntry): Figure[] {
  const tao = (name: string, meaning: string, value: number): Figure => ({ name, unit: "TAO", meaning, value });
  return [
    tao("price_end", "Price of an alpha at the end.", price.end_tao),
    tao("price_lowest", "The lowest price at any time at which somebody decided.", price.lowest_tao),
    ...(pool === null ? [] : [tao("pool_depth", "TAO in the pool at the end.", tokens(pool.tao_rao))]),
    { name: "sell_pressure", unit: "", meaning: "Alpha that miners sold over what they were paid.", value: sell_pressure },
    { name: "held_end", unit: "", meaning: "Of all alpha that miners ever had, what is staked at the end.", value: held_end },
    ...(churn_per_day === null
      ? []
      : [{ name: "churn", unit: "a day", meaning: "Seats that went to another miner, for each seat and day.", value: churn_per_day }]),
    { name: "pay_gini_by_miner", unit: "", meaning: "Gini coefficient of what miners were paid, all keys of one together.", value: gini },
  ];
}

function ratingFigures({ group, ratings, deviation, clipped_share, dividend_share }: RatingEntry): Figure[] {
  if (ratings === 0) return [];
  const figure = (name: string, meaning: string, value: number): Figure => ({
    name: `validators/${group}/${name}`,
    unit: "",
    meaning,
    value,
  });
  return [
    figure("deviation", "How far what validators rated was off the consensus, in the mean.", deviation),
    figure("clipped_share", "Part of validators' weight that was above the consensus and did not count, in the mean.", clipped_share),
    ...(dividend_share === null
      ? []
      : [
          figure(
            "dividend_share",
            "Of what validators earn by their bonds, the part of the group, in the mean over epochs.",
            dividend_share,
          ),
        ]),
  ];
}

function strategyFigures(one: StrategyEntry, { moved }: LoopSubnetEntry): Figure[] {
  const { group, begun } = one;
  if (begun === 0) return [];
  const figure = (name: string, unit: string, meaning: string, value: number): Figure => ({
    name: `strategy/${group}/${name}`,
    unit,
    meaning,
    value,
  });
  const entitled = tokens(one.entitled_rao);
  const income = tokens(one.proceeds_rao) - tokens(one.spent_rao) - tokens(one.registrations_rao) + tokens(one.seats_rao);
  return [
    figure("profit", "TAO", "What a miner has gained since it began, stake at the last price.", profitEach(one)),
    figure("income", "TAO", "TAO that a miner took in, less what it spent.", income / begun),
    figure("paid", "alpha", "What a miner was paid.", tokens(one.paid_rao) / begun),
    figure(
      "weight_gain",
      "",
      "What miners were paid over what base weights alone would have paid.",
      entitled > 0 ? tokens(one.paid_rao) / entitled : 1,
    ),
    ...movedFigures(group, moved ?? []).map(([name, meaning, alpha]) => figure(name, "alpha", meaning, alpha)),
    figure("multiplier", "", "Mean multiplier, weighted by pay.", one.multiplier_paid),
    figure("held_share", "", "Mean held share, weighted by pay.", one.held_share_paid),
    figure("held_days", "days", "Mean held days, weighted by pay.", one.held_days_paid),
    figure("sell_pressure", "", "Alpha sold over alpha paid.", one.sell_pressure),
    ...(one.seats_lost === null ? [] : [figure("seats_lost", "seats", "Seats that a miner lost to others.", one.seats_lost / begun)]),
    figure("slippage", "TAO", "What a miner lost to fees and by moving the price.", one.slippage_tao / begun),
  ];
}

/** What the rule takes from a group and gives to it, of and to others, alpha; none where that was not counted. */
function movedFigures(group: string, moved: NonNullable<LoopSubnetEntry["moved"]>): [name: string, meaning: string, alpha: number][] {
  if (moved.length === 0) return [];
  const others = moved.filter(({ from, to }) => from !== to);
  const sum = (flows: typeof moved) => flows.reduce((all, { rao }) => all + rao / 1e9, 0);
  return [
    ["given_up", "Pay that the rule took from the group and gave to others.", sum(others.filter(({ from }) => from === group))],
    ["taken_over", "Pay of others that the rule gave to the group.", sum(others.filter(({ to }) => to === group))],
  ];
}
