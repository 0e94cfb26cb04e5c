import { formatFigure } from "../format/figure.js";
import type { FigureSummary } from "../study-summary.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { hanging } from "./paragraph.js";

const PREFIX = "advantage/";

export function isAdvantage({ name }: FigureSummary): boolean {
  return name.startsWith(PREFIX);
}

/** The strategies that a group could follow, ranked by what they make beyond the one they are measured against; null: there are none. */
export function advantageTable(figures: readonly FigureSummary[], style: ReportStyle): string | null {
  const ranked = figures.filter(isAdvantage).sort((a, b) => b.mean - a.mean || (a.name < b.name ? -1 : 1));
  if (ranked.length === 0) return null;
  const table = renderTable(
    [
      { head: "#", align: "right", cell: (one) => String(ranked.indexOf(one) + 1) },
      { head: "strategy", cell: ({ name }) => name.slice(PREFIX.length) },
      { head: "advantage TAO", align: "right", cell: ({ mean }) => formatFigure(mean) },
      { head: "95 % interval", align: "right", cell: ({ low, high }) => intervalWords(low, high) },
      { head: "verdict", dropOrder: 1, cell: verdict },
    ],
    ranked,
    style,
  );
  const explained = "(profit beyond that of the same miner, in the same world, who does what the others are measured against)";
  return `${hanging("What strategies make ", explained, style, { lead: style.bold })}\n${table}`;
}

/** `0.1 to 0.3`. */
export function intervalWords(low: number | null, high: number | null): string {
  return low === null || high === null ? "one replicate" : `${formatFigure(low)} to ${formatFigure(high)}`;
}

function verdict({ low, high }: FigureSummary): string {
  if (low === null || high === null) return "one draw, nobody knows";
  if (low === 0 && high === 0) return "the same";
  if (low > 0) return "pays";
  return high < 0 ? "does not pay" : "cannot be told";
}
