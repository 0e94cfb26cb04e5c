import { type Figure, type RunFigures, tokens } from "./figure.js";

/** What came into positions, went out of them and was left, in all. */
export function flowFigures(summary: RunFigures): readonly Figure[] {
  const alpha = (name: string, meaning: string, rao: string): Figure => ({ name, unit: "alpha", meaning, value: tokens(rao) });
  const rejections = Object.values(summary.rejections).reduce((sum, count) => sum + count, 0);
  return [
    alpha("emission", "Emission that was paid.", summary.emission_rao),
    alpha("outflow", "Stake that was taken out.", summary.outflow_rao),
    alpha("remaining", "Stake that is left at the end.", summary.remaining_rao),
    alpha("unallocated", "Of the pots, what nobody could be given.", summary.unallocated_rao),
    { name: "exits", unit: "exits", meaning: "Tranches that ended, whole or in part, by a withdrawal.", value: summary.exits },
    { name: "rejections", unit: "events", meaning: "Events that were refused, as withdrawals of more than was held.", value: rejections },
  ];
}

/** Where a list of stages sent what it withheld. */
export function residualFigures({ residual_rao: residual }: RunFigures): readonly Figure[] {
  return Object.entries(residual ?? {}).map(([to, rao]) => ({
    name: `residual/${to}`,
    unit: "alpha",
    meaning: `What the stages withheld and sent to: ${to}.`,
    value: tokens(rao),
  }));
}
