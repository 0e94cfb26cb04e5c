import { formatAddress } from "../../format/address.js";
import { formatTokens, formatTokensShort } from "../../format/amount.js";
import { formatCount, plural } from "../../format/numbers.js";
import { formatTime } from "../../format/time.js";
import { colour } from "../../html/colours.js";
import { dataTable } from "../../html/data-table.js";
import { chartFigure, figures } from "../../html/figure.js";
import { type Html, html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { drawStackedBars } from "../../html/stacked-bars.js";
import { sqlCommand } from "../../text/sql-command.js";
import type { IrregularFlows } from "../irregular-flows.js";
import type { RunPageData } from "../run-page-data.js";
import { perSpan, spanStarts } from "../time-grid.js";
import { absentNote } from "./absent-tables.js";

/** Withdrawals that were refused, and flows that nothing explains; it says so where there are none. */
export function irregularSection(data: RunPageData): PageSection {
  const { rejected, unexplained } = data;
  const both = ["rejections", "unexplained"].map((table) => absentNote(data, table));
  const shown = [
    rejected === null
      ? null
      : irregularFigure(data, rejected, {
          id: "rejections",
          table: "rejections",
          choice: "cause",
          what: ["withdrawal of more than there was", "withdrawals of more than there was"],
          amount: "beyond what there was, alpha",
          caption: "Where nothing was held nothing is taken; a shortfall takes what there is. What is asked for beyond it is not booked.",
        }),
    unexplained === null
      ? null
      : irregularFigure(data, unexplained, {
          id: "unexplained",
          table: "unexplained",
          choice: "kind",
          what: ["flow that no event explains", "flows that no event explains"],
          amount: "alpha",
          caption: "A balance that is not what events and emission make it, and stake that came from who was not known to hold it.",
        }),
  ].filter((part) => part !== null);
  const isKnown = both.every((note) => note === null);
  const none =
    shown.length === 0 && isKnown
      ? html`<p>No withdrawal was refused, and every change of a balance has an event that explains it.</p>`
      : null;
  return { id: "irregular", title: "Rejections and unexplained flows", content: none ?? figures(...shown, ...both) };
}

interface Told {
  readonly id: string;
  readonly table: string;
  readonly choice: string;
  /** Of one, and of more. */
  readonly what: readonly [one: string, more: string];
  readonly amount: string;
  readonly caption: string;
}

/** Four decimals say nothing of an amount below them. */
function alphaWords(rao: bigint): string {
  return rao < 100_000n ? formatTokens(rao) : formatTokensShort(rao);
}

function irregularFigure({ run, hotkeys }: RunPageData, { grid, kinds, largest }: IrregularFlows, told: Told): Html {
  const count = kinds.reduce((sum, one) => sum + one.count, 0);
  const all = kinds.reduce((sum, { amount_rao }) => sum + amount_rao, 0n);
  const title = `${formatCount(count)} ${told.what[count === 1 ? 0 : 1]}, ${alphaWords(all)} alpha in all`;
  return chartFigure({
    id: told.id,
    title,
    unit: `how many, ${perSpan(grid)}`,
    caption: told.caption,
    drawing: drawStackedBars(title, {
      startsMs: spanStarts(grid),
      spanMs: grid.span_ms,
      layers: kinds.map(({ counts }, at) => ({ colour: colour(at), values: counts })),
      axis: "rows",
      isCount: true,
    }),
    key: kinds.map(({ kind, count: own, amount_rao, positions }, at) => ({
      label: `${kind}: ${formatCount(own)}, ${alphaWords(amount_rao)} alpha, ${plural(positions, "position")}`,
      colour: colour(at),
    })),
    command: sqlCommand(run, `SELECT * FROM ${told.table}_view ORDER BY time_ms`),
    rows: dataTable(
      [
        { head: "time", cell: ({ time_ms }: IrregularFlows["largest"][number]) => formatTime(time_ms) },
        { head: "hotkey", cell: ({ position }) => formatAddress(hotkeys.get(position) ?? "") },
        { head: told.choice, cell: ({ kind }) => kind },
        { head: told.amount, align: "right", cell: ({ amount_rao }) => formatTokens(amount_rao) },
      ],
      largest,
      { caption: `The largest ${formatCount(largest.length)}` },
    ),
  });
}
