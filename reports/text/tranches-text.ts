import { DAY_MS } from "../../engine/index.js";
import { formatTokens } from "../format/amount.js";
import { formatCount, formatDays } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { ExitRow } from "../reading/exits.js";
import type { TrancheRow } from "../reading/tranches.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";

/** `block/extrinsic/event`, as far as known. */
function provenance({ block, extrinsic, event }: TrancheRow): string {
  if (block < 0) return "-";
  return [block, extrinsic, event].filter((part) => part >= 0).join("/");
}

const TRANCHE_COLUMNS: readonly TableColumn<TrancheRow>[] = [
  { head: "tranche", align: "right", cell: (row) => String(row.tranche) },
  { head: "source", cell: (row) => row.source },
  { head: "entered", cell: (row) => formatTime(row.entry_ms) },
  { head: "age", align: "right", dropOrder: 2, cell: (row) => formatDays((row.closed_ms - row.entry_ms) / DAY_MS) },
  { head: "received", align: "right", dropOrder: 3, cell: (row) => formatTokens(row.received_rao) },
  { head: "remaining", align: "right", cell: (row) => formatTokens(row.remaining_rao) },
  { head: "state", dropOrder: 4, cell: (row) => row.state },
  { head: "block/extrinsic/event", dropOrder: 5, cell: provenance },
];

const POSITION_COLUMN: TableColumn<TrancheRow> = { head: "position", align: "right", cell: (row) => String(row.position) };

const EXIT_COLUMNS: readonly TableColumn<ExitRow>[] = [
  { head: "when", cell: (row) => formatTime(row.time_ms) },
  { head: "tranche", align: "right", cell: (row) => String(row.tranche) },
  { head: "alpha", align: "right", cell: (row) => formatTokens(row.amount_rao) },
  { head: "reason", cell: (row) => row.reason },
  { head: "emptied", dropOrder: 1, cell: (row) => (row.emptied ? "yes" : "no") },
];

/** What a list of tranches or exits is drawn with. */
interface ListOptions {
  /** Rows to show, the newest. */
  readonly limit: number;
  /** Rows there are, where more than those given. */
  readonly total?: number;
  /** Name the position of each, for lists over several. */
  readonly positions?: boolean;
}

function newestText<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[], options: ListOptions, style: ReportStyle): string {
  const { limit, total = rows.length } = options;
  const table = renderTable(columns, limit === 0 ? [] : rows.slice(-limit).reverse(), style);
  return total > limit
    ? `${table}\n${style.dim(`the newest ${formatCount(limit)} of ${formatCount(total)}; --limit ${total} shows all`)}`
    : table;
}

/** Tranches as they were at the end of the run, newest first; given oldest first. */
export function tranchesText(tranches: readonly TrancheRow[] | null, options: ListOptions, style: ReportStyle): string {
  if (tranches === null) return `${style.dim("The run did not record its tranches (record.tables: tranches).")}\n`;
  const columns = options.positions === true ? [POSITION_COLUMN, ...TRANCHE_COLUMNS] : TRANCHE_COLUMNS;
  const head = `${style.bold("Tranches")} ${style.dim("(age: until emptied, or to the end of the run)")}`;
  return `${head}\n${newestText(columns, tranches, options, style)}\n`;
}

/** What was taken from a miner's tranches, newest first; given oldest first. */
export function exitsText(exits: readonly ExitRow[] | null, options: ListOptions, style: ReportStyle): string {
  if (exits === null) return `${style.dim("The run did not record its exits (record.tables: exits).")}\n`;
  if (exits.length === 0) return "No exits.\n";
  return `${style.bold("Exits")}\n${newestText(EXIT_COLUMNS, exits, options, style)}\n`;
}
