import * as Plot from "@observablehq/plot";
import { plural } from "../../format/numbers.js";
import { colour } from "../../html/colours.js";
import { chartFigure, figures } from "../../html/figure.js";
import type { Html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { drawPlot } from "../../html/plot.js";
import { sqlCommand } from "../../text/sql-command.js";
import { trialColumns } from "./trial-columns.js";
import type { TuningPageData } from "./tuning-page-data.js";

/** More dots than that say no more, and make the page large; those on the front are all there. */
const MOST_DOTS = 500;

/** Which trials no other beats in one objective without losing in another; null for a single objective. */
export function frontSection(data: TuningPageData): PageSection | null {
  const { objectives } = data.tuning;
  if (objectives.length < 2) return null;
  const drawn = objectives.slice(1).map((_, k) => frontFigure(data, k + 1));
  return { id: "front", title: "What one objective costs the other", content: figures(...drawn) };
}

function frontFigure({ study, tuning }: TuningPageData, k: number): Html {
  const { objectives, trials, chosen, base, front } = tuning;
  const [one, other] = [objectives[0], objectives[k]];
  const points = trials.flatMap(({ trial, objectives: own, is_on_front }) =>
    own === null ? [] : [{ trial, x: own[one.name].mean, y: own[other.name].mean, isOnFront: is_on_front }],
  );
  const onFront = points.filter(({ isOnFront }) => isOnFront).sort((a, b) => a.x - b.x);
  const beaten = points.filter(({ isOnFront }) => !isOnFront).slice(0, MOST_DOTS);
  const now = base === null ? [] : [{ x: base[one.name].mean, y: base[other.name].mean }];
  const left = points.length - onFront.length - beaten.length;
  const title = `${plural(front.length, "trial")} of ${trials.length} ${front.length === 1 ? "is" : "are"} beaten by no other`;
  const wanted = ({ name, better }: typeof one) => `${name} (${better === "max" ? "more" : "less"} is better)`;
  return chartFigure({
    id: `front-${k}`,
    title,
    unit: `${wanted(one)} across, ${wanted(other)} up`,
    caption: `A trial is on the front where no other is better in one objective without being worse in another${objectives.length > 2 ? ", all of them counted" : ""}. The ring is the chosen one, the cross the scenario as it stands.${left > 0 ? ` ${plural(left, "more beaten trial")} not drawn.` : ""}`,
    drawing: drawPlot(title, {
      x: { label: one.name, grid: true, nice: true },
      y: { label: other.name, grid: true, nice: true },
      marks: [
        Plot.dot(beaten, { x: "x", y: "y", r: 3, fill: "var(--faint)" }),
        ...(objectives.length === 2 ? [Plot.line(onFront, { x: "x", y: "y", stroke: colour(0), strokeOpacity: 0.5 })] : []),
        Plot.dot(onFront, { x: "x", y: "y", r: 4, fill: colour(0) }),
        Plot.dot(now, { x: "x", y: "y", r: 6, symbol: "times", stroke: colour(1), strokeWidth: 2 }),
        Plot.dot(
          points.filter(({ trial }) => trial === chosen),
          { x: "x", y: "y", r: 8, stroke: "var(--text)", strokeWidth: 2 },
        ),
      ],
    }),
    key: [
      { label: "on the front", colour: colour(0) },
      { label: "beaten", colour: "var(--faint)" },
      ...(now.length === 0 ? [] : [{ label: "as it stands", colour: colour(1) }]),
    ],
    command: sqlCommand(study, `SELECT trial, ${trialColumns(tuning).objectives.join(", ")}, on_front FROM trials ORDER BY trial`),
  });
}
