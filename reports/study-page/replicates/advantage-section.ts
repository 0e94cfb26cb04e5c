import { chartFigure, figures } from "../../html/figure.js";
import { drawIntervals } from "../../html/interval-chart.js";
import type { PageSection } from "../../html/page.js";
import type { FigureSummary } from "../../study-summary.js";
import { sqlCommand } from "../../text/sql-command.js";
import type { ReplicatesPageData } from "./replicates-page-data.js";

const ADVANTAGE = "advantage/";
const OF_GROUP = /^strategy\/(.+)\/profit$/;
/** More rows than that cannot be looked at. */
const MOST_ROWS = 24;

/** What strategies make: beyond the one they are measured against, or each group by itself; null where nobody decides for itself. */
export function advantageSection(data: ReplicatesPageData): PageSection | null {
  const { figures: all } = data.summary;
  const advantages = ranked(all, ({ name }) => (name.startsWith(ADVANTAGE) ? name.slice(ADVANTAGE.length) : null));
  const groups = ranked(all, ({ name }) => OF_GROUP.exec(name)?.[1] ?? null);
  if (advantages.length === 0 && groups.length === 0) return null;
  const sure = advantages.filter(({ low }) => low !== null && low > 0).length;
  const best = groups[0];
  return {
    id: "strategies",
    title: "What strategies make",
    content: figures(
      advantages.length === 0
        ? null
        : intervalFigure(
            data,
            "advantages",
            advantages,
            `${sure === 0 ? "No strategy surely pays" : `${sure} of ${advantages.length} strategies surely pay`} beyond the one they are measured against`,
            "TAO beyond that of the same miner in the same world who follows the other strategy",
          ),
      groups.length === 0
        ? null
        : intervalFigure(
            data,
            "profits",
            groups,
            `${best.name} make most, ${best.value.toPrecision(4)} TAO a miner`,
            "profit of a miner, TAO, stake at the last price; groups differ in skill and stake",
          ),
    ),
  };
}

interface Ranked {
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

function ranked(all: readonly FigureSummary[], nameOf: (figure: FigureSummary) => string | null): readonly Ranked[] {
  return all
    .flatMap((figure) => {
      const name = nameOf(figure);
      return name === null ? [] : [{ name, value: figure.mean, low: figure.low, high: figure.high }];
    })
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
}

function intervalFigure({ study, summary }: ReplicatesPageData, id: string, rows: readonly Ranked[], title: string, unit: string) {
  const shown = rows.slice(0, MOST_ROWS);
  return chartFigure({
    id,
    title,
    unit,
    caption: `Mean over ${summary.finished} replicates, with its 95 % interval; one that holds 0 may be luck.${shown.length < rows.length ? ` The ${shown.length} that make most.` : ""}`,
    drawing: drawIntervals(title, shown, { axis: "TAO" }),
    command:
      summary.duckdb === null
        ? null
        : sqlCommand(
            study,
            `SELECT figure, avg(value) FROM figures WHERE figure LIKE '${id === "advantages" ? "advantage/%" : "strategy/%/profit"}' GROUP BY figure ORDER BY 2 DESC`,
          ),
  });
}
