import type { PairsComparisonReport } from "../../compare/pairs-comparison.js";
import { formatFigure } from "../../format/figure.js";
import { formatShare } from "../../format/numbers.js";
import type { Check } from "../check.js";

/** Who sells more than half of what it is paid does not hold. */
const SELLS = 0.5;

export const sellersGain: Check<PairsComparisonReport> = {
  code: "sellers_gain",
  severities: ["warning"],
  says: "Groups of miners who sell most of what they are paid gain by the change.",
  threshold: `Of miners who decide for themselves: a group whose sell_pressure is above ${SELLS * 100} % in b has more profit there, told apart by the pairs or exact.`,
  tries: "See what they are paid for: a shorter window, a smaller bonus, or a higher price for all.",
  find: ({ strategies, figures }) => {
    const gaining = strategies.flatMap(({ group, profit_tao: profit }) => {
      const pressure = figures.find(
        ({ name }) =>
          name.endsWith(`strategy/${group.split("/").at(-1)}/sell_pressure`) &&
          name.startsWith(group.includes("/") ? group.slice(0, group.lastIndexOf("/")) : "strategy"),
      );
      const isSure = profit.verdict === "told_apart" || profit.verdict === "exact";
      return isSure && profit.mean > 0 && pressure !== undefined && pressure.b.mean > SELLS
        ? [{ group, profit, pressure: pressure.b.mean }]
        : [];
    });
    if (gaining.length === 0) return null;
    return {
      severity: "warning",
      title: `${gaining.length === 1 ? "A group" : `${gaining.length} groups`} of miners who sell most of their pay ${gaining.length === 1 ? "gains" : "gain"} by the change.`,
      evidence: gaining
        .slice(0, 5)
        .map(
          ({ group, profit, pressure }) =>
            `${group}: ${formatFigure(profit.mean)} TAO more a miner, and sells ${formatShare(pressure)} of what it is paid.`,
        ),
      tries: ["See what they gain by: their weight (`strategy/<group>/weight_gain`), or a better price for all (`price_end`)."],
    };
  },
};
