import { formatAddress } from "../../format/address.js";
import { formatCount, formatShare, plural } from "../../format/numbers.js";
import { colour } from "../../html/colours.js";
import { drawShareCurves } from "../../html/curves.js";
import { dataTable } from "../../html/data-table.js";
import { chartFigure, figures } from "../../html/figure.js";
import type { Html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { drawSideBars } from "../../html/side-bars.js";
import type { SubnetOverview } from "../../overview.js";
import { isOfAgents } from "../../rules.js";
import { sqlCommand } from "../../text/sql-command.js";
import { SUBNETS_DRAWN } from "../page-subnets.js";
import type { PayInequality } from "../pay-inequality.js";
import type { RunPageData } from "../run-page-data.js";

const ALPHA = 1e-9;

/** How evenly pay is spread, before the rule and under it; null: nobody is paid. */
export function paySection(data: RunPageData): PageSection | null {
  const shown = [
    ...data.inequality.slice(0, SUBNETS_DRAWN).map((one) => lorenzFigure(data, one)),
    ...data.miners.slice(0, SUBNETS_DRAWN).map((subnet) => changesFigure(data, subnet)),
  ];
  return shown.every((part) => part === null) ? null : { id: "pay", title: "Pay", content: figures(...shown) };
}

/** Who is shown at either end of a list. */
const ENDS = 8;

/** Who gets most more, and most less, than without the rule; null: nobody gets anything else. */
function changesFigure({ run, miners: subnets }: RunPageData, { netuid, miners, before_rule: before }: SubnetOverview): Html | null {
  const of = subnets.length > 1 ? `Subnet ${netuid}: ` : "";
  const changes = miners
    .flatMap(({ position: { hotkey, at_end } }) => {
      const rao = at_end.paid_rao - at_end.recorded_rao;
      return rao === 0n ? [] : [{ hotkey, alpha: Number(rao) * ALPHA }];
    })
    .sort((a, b) => b.alpha - a.alpha);
  if (changes.length === 0) return null;
  const gained = changes.filter(({ alpha }) => alpha > 0).length;
  const ends = changes.length > 2 * ENDS ? [...changes.slice(0, ENDS), ...changes.slice(-ENDS)] : changes;
  const against = isOfAgents(before) ? "than base weights alone would pay them" : "than was recorded";
  const title = `${of}${plural(gained, "miner")} get more, and ${formatCount(changes.length - gained)} less, ${against}`;
  return chartFigure({
    id: `changes-${netuid}`,
    title,
    unit: "alpha paid beyond it, over the whole run",
    caption: changes.length > ends.length ? endsWords(gained, changes.length - gained) : "All whose pay is another.",
    drawing: drawSideBars(title, {
      names: ends.map(({ hotkey }) => formatAddress(hotkey)),
      parts: [{ colour: colour(0), values: ends.map(({ alpha }) => alpha) }],
      axis: "alpha",
    }),
    command: sqlCommand(
      run,
      `SELECT hotkey, (paid_rao - recorded_rao) / 1e9 AS change_alpha FROM positions WHERE netuid = ${netuid} ORDER BY change_alpha DESC`,
    ),
  });
}

/** Who stands at the ends of a list of more than both ends hold. */
function endsWords(gained: number, lost: number): string {
  if (lost === 0) return `The ${ENDS} who gain most, and the ${ENDS} who gain least.`;
  if (gained === 0) return `The ${ENDS} who lose least, and the ${ENDS} who lose most.`;
  return gained >= ENDS && lost >= ENDS
    ? `The ${ENDS} who gain most, and the ${ENDS} who lose most.`
    : `The ${ENDS} highest changes, and the ${ENDS} lowest.`;
}

function lorenzFigure({ run, inequality, summary }: RunPageData, { netuid, source, before, under }: PayInequality): Html {
  const of = inequality.length > 1 ? `Subnet ${netuid}: ` : "";
  const change = under === null ? null : under.gini - before.gini;
  const words =
    change === null
      ? ""
      : Math.abs(change) < 5e-5
        ? ", as without the rule"
        : `, ${change > 0 ? "less" : "more"} even than ${before.gini.toFixed(4)} without the rule`;
  const title = `${of}${plural(before.members, "miner")} share pay with a Gini of ${(under ?? before).gini.toFixed(4)}${words}`;
  const wouldBe = summary.multiplier_effect === "replay" || summary.multiplier_effect === "shadow";
  const names = [
    { label: under === null ? "pay" : "without the rule", colour: colour(7) },
    ...(under === null ? [] : [{ label: wouldBe ? "as it would be under the rule" : "under the rule", colour: colour(0) }]),
  ];
  const curves = [{ colour: colour(7), points: before.lorenz }, ...(under === null ? [] : [{ colour: colour(0), points: under.lorenz }])];
  const query =
    source === "weights"
      ? `WITH pots AS (SELECT epoch, sum(r.recorded_rao) AS pot FROM rewards r JOIN positions p USING (position) WHERE p.netuid = ${netuid} AND r.role = 'miner' GROUP BY epoch), shares AS (SELECT w.position, w.epoch, w.base_weight / sum(w.base_weight) OVER (PARTITION BY w.epoch) AS base, w.final_weight FROM weights w JOIN positions p USING (position) WHERE p.netuid = ${netuid}) SELECT position, sum(base * pot) / 1e9 AS before_alpha, sum(final_weight * pot) / 1e9 AS under_alpha FROM shares JOIN pots USING (epoch) GROUP BY position ORDER BY under_alpha`
      : `SELECT hotkey, recorded_rao / 1e9 AS before_alpha, paid_rao / 1e9 AS under_alpha FROM miners WHERE netuid = ${netuid} ORDER BY paid_rao`;
  const rows = [
    ["Gini coefficient", before.gini.toFixed(4), under?.gini.toFixed(4) ?? "-"],
    ["few that have more than half", formatCount(before.nakamoto), under === null ? "-" : formatCount(under.nakamoto)],
    ["share of the ten best paid", formatShare(before.top10_share), under === null ? "-" : formatShare(under.top10_share)],
  ];
  return chartFigure({
    id: `lorenz-${netuid}`,
    title,
    unit: "share of the miners, the poorest first, against share of all pay",
    caption: `The Lorenz curve of what each was paid in all. On the dashed line all would be paid alike; the further below, the less even. ${
      source === "weights"
        ? "From base and final weights of each epoch, times its pot."
        : summary.closed_loop !== null
          ? "From what base weights alone would have paid each, and what each was paid."
          : "From what each was recorded to be paid, and was paid."
    }`,
    drawing: drawShareCurves(title, curves, { x: "miners", y: "pay" }),
    key: names,
    command: sqlCommand(run, query),
    rows: dataTable(
      [
        { head: "figure", cell: ([name]: readonly string[]) => name },
        { head: "without the rule", align: "right", cell: ([, value]) => value },
        { head: "under it", align: "right", cell: ([, , value]) => value },
      ],
      rows,
      { caption: "Inequality of pay" },
    ),
  });
}
