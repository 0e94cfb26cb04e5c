import { formatTokensShort } from "../format/amount.js";
import { formatCount, formatMultiplier, formatPoints, formatShare } from "../format/numbers.js";
import type { HeadlineFigure } from "../html/headline.js";
import type { BeforeRule } from "../rules.js";
import { SUBNETS_DRAWN } from "./page-subnets.js";
import type { RunPageData } from "./run-page-data.js";

/** What pay is compared with, in words. */
const WITHOUT: Readonly<Record<BeforeRule, string>> = {
  recorded: "without the rule",
  recorded_rule_undone: "with the recorded rule undone",
  weights: "by the weights stream",
  scores: "by the scores",
  yuma: "by Yuma alone",
  rewards: "before multipliers",
  skill: "by base weights alone",
  consensus: "by base weights alone",
};

const ALPHA_DIGITS = 2;

/** The numbers that the page of a run begins with, each against the same without the rule where there is such. */
export function headlineFigures({ summary, inequality, holding }: RunPageData): readonly HeadlineFigure[] {
  const { metrics, multiplier, index } = summary;
  const without = WITHOUT[summary.before_rule];
  const figures: HeadlineFigure[] = [
    {
      name: index === null ? "Emission paid" : "Pot",
      value: `${shortAlpha(index?.emission.pot_rao ?? summary.emission_rao)} alpha`,
      change: null,
    },
  ];
  if (metrics !== null)
    figures.push({ name: "Pot moved", value: formatShare(metrics.pot_moved), change: `of what miners share, from pay ${without}` });
  for (const { netuid, gini_before: before, gini_after: after } of (metrics?.subnets ?? []).slice(0, SUBNETS_DRAWN)) {
    const of = metrics !== null && metrics.subnets.length > 1 ? ` on ${netuid}` : "";
    figures.push({
      name: `Gini of pay${of}`,
      value: after.toFixed(4),
      change: against(after - before, (value) => value.toFixed(4), before, without),
    });
  }
  const [only] = inequality.length === 1 ? inequality : [];
  if (only?.under != null) {
    const { before, under } = only;
    figures.push(
      {
        name: "Ten best paid",
        value: formatShare(under.top10_share),
        change: `${formatPoints(under.top10_share - before.top10_share)} against ${formatShare(before.top10_share)} ${without}`,
      },
      {
        name: "Have more than half",
        value: formatCount(under.nakamoto),
        change: against(under.nakamoto - before.nakamoto, formatCount, before.nakamoto, without),
      },
    );
  }
  const median = medianMultiplier(holding, multiplier);
  if (median !== null) figures.push(median);
  if (metrics?.held_pay_share != null) {
    figures.push({ name: "Held share", value: formatShare(metrics.held_pay_share), change: "mean over miners, weighted by pay" });
  }
  if (index !== null) figures.push(...indexFigures(index));
  const rejected = Object.values(summary.rejections).reduce((sum, count) => sum + count, 0);
  if (rejected > 0) figures.push({ name: "Rejections", value: formatCount(rejected), change: "withdrawals of more than there was" });
  if (summary.unexplained_rao !== "0") {
    figures.push({
      name: "Unexplained",
      value: `${shortAlpha(summary.unexplained_rao)} alpha`,
      change: "left without an event that says why",
    });
  }
  return figures;
}

function indexFigures({ nav, premium, slashed_rao, inequality }: NonNullable<RunPageData["summary"]["index"]>): HeadlineFigure[] {
  const gain = nav.start_tao > 0 ? nav.end_tao / nav.start_tao - 1 : 0;
  return [
    {
      name: "NAV at the end",
      value: `${nav.end_tao.toFixed(4)} TAO`,
      change: `${gain > 0 ? "+" : ""}${formatShare(gain)} since the founding`,
    },
    { name: "Premium in size", value: formatShare(premium.mean_absolute), change: `${formatShare(premium.largest)} at most` },
    { name: "Gini of participants", value: inequality.gini.toFixed(4), change: `the best paid has ${formatShare(inequality.top1_share)}` },
    { name: "Slashed", value: `${shortAlpha(slashed_rao)} alpha`, change: null },
  ];
}

/** As the chart of the page ends, where it draws one subnet; else as each miner's was before its last pay. */
function medianMultiplier(holding: RunPageData["holding"], multiplier: RunPageData["summary"]["multiplier"]): HeadlineFigure | null {
  const name = holding.some(({ is_applied }) => is_applied) ? "Median multiplier" : "Median would-be multiplier";
  const bands = holding.length === 1 ? holding[0].multiplier : null;
  if (bands !== null) {
    const at = bands.counts.findLastIndex((count) => count > 0);
    const [lowest, median, highest] = [bands.lowest, bands.median, bands.highest].map((values) => formatMultiplier(values[at] ?? 0));
    return { name, value: median, change: `from ${lowest} to ${highest}, in the last epoch` };
  }
  if (multiplier === null) return null;
  const { min, median, max } = multiplier;
  return {
    name,
    value: formatMultiplier(median),
    change: `from ${formatMultiplier(min)} to ${formatMultiplier(max)}, each before its last pay`,
  };
}

/** "+0.0162 against 0.3547 without the rule". */
function against(difference: number, format: (value: number) => string, before: number, without: string): string {
  const size = format(Math.abs(difference));
  const sign = /[1-9]/.test(size) ? (difference > 0 ? "+" : "-") : "";
  return `${sign}${size} against ${format(before)} ${without}`;
}

/** With as many digits as a headline has room for. */
function shortAlpha(rao: string): string {
  return formatTokensShort(rao).slice(0, ALPHA_DIGITS - 4);
}
