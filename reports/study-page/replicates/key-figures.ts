/** Figures that a reader looks at first, where a run has them. */
export const KEY_FIGURES: readonly string[] = [
  "pot_moved",
  "held_pay_share",
  "gini_after",
  "gini_before",
  "price_end",
  "sell_pressure",
  "held_end",
  "multiplier_paid",
];
