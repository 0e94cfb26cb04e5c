import { formatFigure } from "../../format/figure.js";
import { formatChangeShare } from "../../format/figure-change.js";
import { plural } from "../../format/numbers.js";
import type { Check } from "../check.js";
import type { StrategyEdge } from "../evidence/groups.js";

const SHOWN = 3;

export const strategyBeatsHolding: Check<readonly StrategyEdge[]> = {
  code: "strategy_beats_holding",
  severities: ["serious", "warning"],
  says: "Of miners who decide for themselves, some strategy makes more than to hold what is paid.",
  threshold:
    "Of alternatives (`closed_loop.alternatives`) the same miner makes more in the copy of the world in which it follows the strategy: a warning for one draw, serious where the 95 % interval over replicates is above 0. Of groups that live in one world (four miners or more each): what a miner made for an alpha of the pay that its base weights alone would have had, less what the price did to its first stake; a warning where the 95 % interval of the difference to who holds (Welch) is above 0, serious where its interval over replicates is.",
  tries: "A larger bonus, a longer window, or a basis that the strategy cannot meet while it sells; then compare again over replicates.",
  find: (edges) => {
    const better = edges
      .filter(({ meanTao, interval }) => (interval === null ? meanTao > 0 : interval.low > 0))
      .sort((a, b) => b.meanTao - a.meanTao);
    if (better.length === 0) return null;
    const isSure = better.some(({ by, interval }) => by === "replicates" || (by === "same_miner" && interval !== null));
    const [best] = better;
    return {
      severity: isSure ? "serious" : "warning",
      title:
        better.length === 1
          ? `${best.by === "other_miners" ? "The group" : "The strategy"} ${best.name} makes more than ${best.against === "hold" ? "holding" : `the ${best.against}`}.`
          : `${better.length} ${best.by === "other_miners" ? "groups" : "strategies"} make more than ${best.against === "hold" ? "holding" : `the ${best.against}`}.`,
      evidence: [
        ...better.slice(0, SHOWN).map(edgeWords),
        ...(better.length > SHOWN ? [`And ${better.length - SHOWN} more.`] : []),
        ...(isSure || better.some(({ by }) => by === "other_miners") ? [] : ["This is one draw: --replicates 20 says whether it is luck."]),
      ],
      tries: [
        "Make holding worth more: a higher max_multiplier, a longer retention_window_days, or `retention_basis: all_stake` where fresh stake masks sales.",
        "Run with --replicates 20, and see whether the interval stays above 0.",
      ],
    };
  },
};

function edgeWords({ name, by, meanTao, baseTao, interval, n, against }: StrategyEdge): string {
  const more = baseTao === null || !(baseTao > 0) ? "" : `, ${formatChangeShare(meanTao / baseTao)}`;
  const range = interval === null ? "" : ` (95 % interval ${formatFigure(interval.low)} to ${formatFigure(interval.high)})`;
  switch (by) {
    case "same_miner":
      return `${name}: ${formatFigure(meanTao)} TAO more for a miner${more}${range} than the same miner who follows ${against}.`;
    case "other_miners":
      return `${name}: ${formatFigure(meanTao)} TAO more for each alpha that base weights would pay${more}${range}, ${plural(n, "miner")} against ${against}.`;
    case "replicates":
      return `${name}: ${formatFigure(meanTao)} TAO more a miner${range} than ${against}, over ${plural(n, "replicate")}.`;
  }
}
