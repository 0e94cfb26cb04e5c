import type { DifferenceReport, FigureDifferenceReport } from "./difference-report.js";

/** How a group of miners who decide for themselves fares in b against a; figures of a miner in the mean. */
export interface StrategyDifferenceReport {
  /** The group's name; before it, where there are several subnets, which one. */
  readonly group: string;
  readonly profit_tao: DifferenceReport;
  readonly paid_alpha: DifferenceReport | null;
  readonly multiplier: DifferenceReport | null;
  readonly sell_pressure: DifferenceReport | null;
}

const OF_STRATEGY = /^(?:(.+)\/)?strategy\/([^/]+)\/([^/]+)$/;

/** Is it a figure of one group of miners who decide for themselves? */
export function isOfStrategy(figure: string): boolean {
  return OF_STRATEGY.test(figure);
}

/** Groups by what they gain in b, most first; those that lose most come last. */
export function strategyDifferences(figures: readonly FigureDifferenceReport[]): readonly StrategyDifferenceReport[] {
  const groups = new Map<string, Map<string, DifferenceReport>>();
  for (const { name, difference } of figures) {
    const [, subnet, group, figure] = OF_STRATEGY.exec(name) ?? [];
    if (group === undefined) continue;
    const key = subnet === undefined ? group : `${subnet}/${group}`;
    groups.set(key, (groups.get(key) ?? new Map()).set(figure, difference));
  }
  return [...groups]
    .flatMap(([group, of]) => {
      const profit = of.get("profit");
      if (profit === undefined) return [];
      const one = (name: string) => of.get(name) ?? null;
      return [{ group, profit_tao: profit, paid_alpha: one("paid"), multiplier: one("multiplier"), sell_pressure: one("sell_pressure") }];
    })
    .sort((a, b) => b.profit_tao.mean - a.profit_tao.mean);
}
