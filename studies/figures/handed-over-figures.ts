import type { HandedMinerEntry } from "../../recorders/index.js";
import { type Figure, type RunFigures, tokens } from "./figure.js";

/** What became of recorded positions that were handed to strategies, and what the recording made of them. */
export function handedOverFigures({ handed_over: handed }: RunFigures): readonly Figure[] {
  return (handed?.miners ?? []).flatMap(minerFigures);
}

function minerFigures(one: HandedMinerEntry): Figure[] {
  const figure = (name: string, unit: string, meaning: string, value: number): Figure => ({
    name: `handed_over/${one.name}/${name}`,
    unit,
    meaning,
    value,
  });
  const { as_recorded: recorded } = one;
  return [
    figure("profit", "TAO", "What it has gained since it was handed over, stake at the last price.", one.profit_tao),
    figure("recorded_profit", "TAO", "The same of what it was recorded to do, at the prices of then.", recorded.profit_tao),
    figure("advantage", "TAO", "Profit less recorded profit.", one.profit_tao - recorded.profit_tao),
    figure("paid", "alpha", "What it was paid since it was handed over.", tokens(one.paid_rao)),
    figure("sold", "alpha", "What it sold.", tokens(one.sold_rao)),
    figure("stake_end", "alpha", "Its stake at the end.", tokens(one.stake_end_rao)),
    figure("multiplier", "", "Mean multiplier, weighted by pay.", one.multiplier_paid),
  ];
}
