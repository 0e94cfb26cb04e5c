import type { RowsRead } from "./rows-read.js";

/** Budgets that paid nothing in some epochs because no price told what they come to in alpha. */
export function unpricedBudgets({ epochs: { budgets } }: RowsRead): string[] {
  return [...budgets.courses]
    .sort(([a], [b]) => a.configuration.netuid - b.configuration.netuid)
    .flatMap(([{ configuration }, { epochs, unpriced, stale }]) => {
      if (unpriced + stale === 0) return [];
      const causes = [...(unpriced > 0 ? [`${unpriced} without a price`] : []), ...(stale > 0 ? [`${stale} with one too old`] : [])];
      return [
        `The budget of subnet ${configuration.netuid} paid nothing in ${unpriced + stale} of ${epochs} epochs, ${causes.join(" and ")}: what was due stayed due. Add prices, or state a longer stale_after_hours.`,
      ];
    });
}
