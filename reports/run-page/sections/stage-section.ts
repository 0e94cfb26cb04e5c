import { formatTokensShort } from "../../format/amount.js";
import { formatShare } from "../../format/numbers.js";
import { colour } from "../../html/colours.js";
import { dataTable } from "../../html/data-table.js";
import { chartFigure, figures } from "../../html/figure.js";
import type { Html } from "../../html/html.js";
import { drawLines } from "../../html/line-chart.js";
import type { PageSection } from "../../html/page.js";
import { drawSideBars } from "../../html/side-bars.js";
import { sqlCommand } from "../../text/sql-command.js";
import { SUBNETS_DRAWN } from "../page-subnets.js";
import type { RunPageData } from "../run-page-data.js";
import type { StageMoves } from "../stage-moves.js";
import { absentNote } from "./absent-tables.js";

/** What each stage moved, and what went to no miner; null: the rule is no list, or nothing of it was recorded. */
export function stageSection(data: RunPageData): PageSection | null {
  const moves = data.stage_moves.slice(0, SUBNETS_DRAWN).flatMap((own) => stageFigures(data, own));
  const shown = [...moves, absentNote(data, "stage_weights"), restFigure(data) ?? absentNote(data, "residuals")].filter(
    (part) => part !== null,
  );
  return shown.length === 0 ? null : { id: "stages", title: "Stages", content: figures(...shown) };
}

/** Rows of the chart: the tables tell shares of what stages that keep leave, and nothing of these stages themselves. */
function movesQuery({ netuid, left, stages }: StageMoves): string {
  const ofPot = left === 1 ? "" : `${left} * `;
  const moved = `SELECT stage, epoch, ${ofPot}(sum(abs(share_after - share_before)) + abs(sum(share_after - share_before))) / 2 AS moved FROM stage_weights WHERE netuid = ${netuid} GROUP BY ALL`;
  const kept = stages.flatMap(({ stage, kept }) =>
    kept === null ? [] : [` UNION ALL SELECT DISTINCT ${stage}, epoch, ${kept} FROM stage_weights WHERE netuid = ${netuid}`],
  );
  return `${moved}${kept.join("")} ORDER BY ALL`;
}

function stageFigures({ run, stage_moves }: RunPageData, own: StageMoves): Html[] {
  const { netuid, stages, times_ms } = own;
  const of = stage_moves.length > 1 ? `Subnet ${netuid}: ` : "";
  const most = stages.reduce((one, other) => (other.mean > one.mean ? other : one));
  const names = stages.map(({ stage, name }) => `${stage} ${name}`);
  const query = movesQuery(own);
  const title = `${of}${most.mean === 0 ? "No stage moves any share" : `The stage ${most.name} moves most: ${formatShare(most.mean)} of the pot`}`;
  const unit = "share of the pot that goes to others, or to no miner, 0 to 1";
  const means = chartFigure({
    id: `stages-${netuid}`,
    title,
    unit,
    caption:
      "Mean over the epochs that were recorded: half the sum of |share after - share before| over the miners and what no miner has. Of a stage such as burn: what it keeps of the whole pot; the others share what it leaves.",
    drawing: drawSideBars(title, {
      names,
      parts: [{ colour: colour(0), values: stages.map(({ mean }) => mean) }],
      axis: "% moved",
      percent: true,
      labels: stages.map(({ mean }) => formatShare(mean)),
    }),
    command: sqlCommand(run, query),
  });
  if (times_ms.length < 2) return [means];
  const later = `${of}What each stage moves, epoch by epoch`;
  const lines = chartFigure({
    id: `stages-time-${netuid}`,
    title: later,
    unit,
    caption: "At the epochs that are shown, of those that were recorded.",
    drawing: drawLines(
      later,
      times_ms,
      stages.map(({ name, moved }, at) => ({ name, colour: colour(at), values: moved })),
      { axis: "share moved", zero: true },
    ),
    key: names.map((label, at) => ({ label, colour: colour(at) })),
    command: sqlCommand(run, query),
  });
  return [means, lines];
}

/** Short: the names of bars have little room. */
const BY = {
  stage: (goesTo: string) => `${goesTo}: stated`,
  residual: (goesTo: string) => `${goesTo}: residual`,
} as const;

function restFigure({ run, rests, summary }: RunPageData): Html | null {
  const given = rests.filter(({ amount_rao }) => amount_rao > 0n);
  if (given.length === 0) return null;
  const many = new Set(rests.map(({ netuid }) => netuid)).size > 1;
  const names = given.map(({ netuid, goes_to, by }) => {
    const name = by === null ? goes_to : BY[by](goes_to);
    return many ? `${name} (${netuid})` : name;
  });
  const all = given.reduce((sum, { amount_rao }) => sum + amount_rao, 0n);
  const paid = BigInt(summary.emission_rao);
  const title = `${formatTokensShort(all)} alpha of the pots go to no miner${paid > 0n ? `, beside ${formatTokensShort(paid)} that are paid` : ""}`;
  return chartFigure({
    id: "rests",
    title,
    unit: "alpha, over the epochs that were recorded",
    caption:
      "Where the list of stages sends what no miner gets. Stated: what a stage such as burn keeps of the pot; residual: what is left after all stages. Where both are burned they are told apart by the pot of each epoch.",
    drawing: drawSideBars(title, {
      names,
      parts: [{ colour: colour(1), values: given.map(({ amount_rao }) => Number(amount_rao) / 1e9) }],
      axis: "alpha",
    }),
    command: sqlCommand(run, "SELECT netuid, goes_to, sum(amount_rao) / 1e9 AS alpha FROM residuals GROUP BY ALL ORDER BY ALL"),
    rows: dataTable(
      [
        { head: "goes to", cell: (at: number) => names[at] },
        { head: "alpha", align: "right", cell: (at) => formatTokensShort(given[at].amount_rao) },
      ],
      given.map((_, at) => at),
      { caption: "What goes to no miner" },
    ),
  });
}
