import type { Figure, PayOfRun } from "./figure.js";

/** How far the rule moves pay, over all subnets. */
export function payFigures({ metrics }: PayOfRun): readonly Figure[] {
  if (metrics === null) return [];
  const { held_pay_share: held, multiplier_paid: multiplier } = metrics;
  return [
    {
      name: "pot_moved",
      unit: "",
      meaning: "Share of what miners share that the rule moves: to others of them, or elsewhere.",
      value: metrics.pot_moved,
    },
    { name: "unpaid_epochs", unit: "epochs", meaning: "Epochs with a pot that nobody could be given.", value: metrics.unpaid_epochs },
    ...(held === null
      ? []
      : [{ name: "held_pay_share", unit: "", meaning: "Mean held share of miners, weighted by what the rule pays them.", value: held }]),
    ...(multiplier === null
      ? []
      : [
          {
            name: "multiplier_paid",
            unit: "",
            meaning: "Mean multiplier of miners, weighted by what the rule pays them.",
            value: multiplier,
          },
        ]),
  ];
}

/**
 * The same subnet by subnet; where there is only one, its figures need no number in their names.
 * @param whole of what it is a part, which decides on names; itself when left out
 */
export function subnetFigures({ metrics }: PayOfRun, whole: PayOfRun = { metrics }): readonly Figure[] {
  const subnets = metrics?.subnets ?? [];
  const isOnly = whole.metrics?.subnets.length === 1;
  return subnets.flatMap(({ netuid, miners, pot_moved, gini_before, gini_after }) => {
    const of = isOnly ? "" : `subnet/${netuid}/`;
    const moved = { name: `${of}pot_moved`, unit: "", meaning: "Share of the subnet's pots that the rule moves.", value: pot_moved };
    return [
      ...(isOnly ? [] : [moved]),
      { name: `${of}gini_before`, unit: "", meaning: "Gini coefficient of the miners' pay before the rule.", value: gini_before },
      { name: `${of}gini_after`, unit: "", meaning: "Gini coefficient of the miners' pay under the rule.", value: gini_after },
      { name: `${of}miners`, unit: "miners", meaning: "Miners that shared a pot at least once.", value: miners },
    ];
  });
}
