import { formatAddress } from "../../format/address.js";
import { formatCount, plural } from "../../format/numbers.js";
import { dataBlock } from "../../html/data-block.js";
import { type DataColumn, dataTable } from "../../html/data-table.js";
import { type Html, html, NOTHING } from "../../html/html.js";
import { legible } from "../../html/legible.js";
import type { PageSection } from "../../html/page.js";
import type { SubnetOverview } from "../../overview.js";
import { isMiner } from "../../overview.js";
import { minerColumns, minerNotes, type Numbered } from "../../text/overview-text.js";
import { shellWord } from "../../text/shell-word.js";
import { sqlCommand } from "../../text/sql-command.js";
import type { HoldingSpread } from "../holding-spread.js";
import { MOST_PAGES } from "../miner-pages.js";
import type { RunPageData } from "../run-page-data.js";
import { samplingWords } from "../sampled-epochs.js";

/** The miners, each with a page of its own; null: the run met nobody. */
export function minerSection(data: RunPageData): PageSection | null {
  const subnets = data.miners.filter(({ miners }) => miners.length > 0);
  if (subnets.length === 0) return null;
  const paged = new Set(data.miner_pages.flatMap(({ miners }) => miners.map(({ position }) => position)));
  const cut = subnets.reduce((sum, { miners }) => sum + miners.length, 0) - paged.size;
  const note =
    cut > 0
      ? html`<p>The page holds the ${formatCount(MOST_PAGES)} best paid; ${plural(cut, "miner")} more: <code>npx tenure show ${shellWord(data.run)}</code></p>`
      : NOTHING;
  const content = html`${subnets.map((subnet) => minerTable(subnet, paged, subnets.length > 1))}${note}
<section id="miner-page" hidden tabindex="-1"></section>
${dataBlock("miner-data", pageData(data))}`;
  return { id: "miners", title: "Miners", content };
}

function minerTable(subnet: SubnetOverview, paged: ReadonlySet<number>, many: boolean): Html {
  const rows = subnet.miners.map((line, place): Numbered => [place + 1, line]).filter(([, { position }]) => paged.has(position.position));
  const columns: readonly DataColumn<Numbered>[] = minerColumns(subnet).map((column) =>
    column.head === "hotkey"
      ? {
          ...column,
          cell: ([, { position }]) =>
            html`<a href="#miner-${position.position}" title="${position.hotkey}">${formatAddress(position.hotkey)}</a>`,
        }
      : column,
  );
  const counted = plural(subnet.miners.length, subnet.miners.every(isMiner) ? "miner" : "position");
  return html`${minerNotes(subnet).map((note) => html`<p>${note}</p>`)}${dataTable(columns, rows, {
    caption: `${many ? `Subnet ${subnet.netuid}, ` : ""}${counted}, best paid first, in alpha; a hotkey leads to the page of the miner`,
    sortable: true,
    search: "Search",
    rowId: ([, { position }]) => `row-${position.position}`,
  })}`;
}

/** Commands that answer the rows behind each chart of a miner, but for the number of its position, which ends them. */
function minerQueries(run: string, multiplier: HoldingSpread["multiplier_column"]): Readonly<Record<string, string>> {
  const [table] = multiplier.split(".");
  const course = (of: string, from: string) =>
    `SELECT epoch, end_ms, ${of} FROM ${from} JOIN positions USING (position) JOIN epochs USING (netuid, epoch) WHERE position = ${AT} ORDER BY epoch`;
  const queries = {
    multiplier: course(multiplier, table),
    held_share: course("holdings.held_share", "holdings"),
    held_days: course("holdings.held_days", "holdings"),
    stake: course("holdings.stake_rao / 1e9 AS stake_alpha", "holdings"),
    paid: course("rewards.role, rewards.paid_rao / 1e9 AS paid_alpha", "rewards"),
    tranches: `SELECT entry_ms, source, state, received_rao / 1e9 AS received_alpha, remaining_rao / 1e9 AS remaining_alpha FROM tranches WHERE position = ${AT} ORDER BY entry_ms`,
  };
  return Object.fromEntries(Object.entries(queries).map(([name, query]) => [name, legible(sqlCommand(run, query))]));
}

/** Where the script writes the position; the last such number of a command. */
const AT = "4294967295";

/** What the script needs to draw the page of a miner; names as a page shows them. */
function pageData({ run, miner_pages, holding, summary }: RunPageData): object {
  return {
    command: legible(`npx tenure explain ${shellWord(run)} --position`),
    period: [summary.period?.start_ms ?? 0, summary.period?.end_ms ?? 0].map((time) => time / 1000),
    subnets: miner_pages.map(({ netuid, miners, sampling, times_ms, spans_ms, series }, at) => ({
      netuid,
      thinned: sampling.every_epochs === 1 ? null : samplingWords(sampling),
      applied: holding[at]?.is_applied ?? true,
      queries: minerQueries(run, holding[at]?.multiplier_column ?? "holdings.multiplier"),
      miners: miners.map(({ position, hotkey, coldkey, exits }) => [position, legible(hotkey), legible(coldkey), exits]),
      times: times_ms.map((time) => time / 1000),
      spans: spans_ms.map((time) => time / 1000),
      series,
    })),
  };
}
