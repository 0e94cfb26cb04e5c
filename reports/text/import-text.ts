import type { ImportReport, StreamSum } from "../../recorders/index.js";
import { groupThousands } from "../format/amount.js";
import { formatCount, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { hanging, paragraph } from "./paragraph.js";
import { typedPath } from "./typed-path.js";

function instant(timeMs: number | null): string {
  return timeMs === null ? "-" : formatTime(timeMs).replace(/ UTC$/, "");
}

/** `stake: in 100 rao, out 40 rao, net +60 rao`, and the rows of each action. */
function flowLines({ kind, flows, by_action: actions }: StreamSum): string[] {
  if (flows === null || actions === null) return [];
  const { in_rao: inRao, out_rao: outRao, net_rao: netRao, between_rao: betweenRao } = flows;
  const net = `net ${netRao.startsWith("-") || netRao === "0" ? "" : "+"}${groupThousands(netRao)} rao`;
  const between = betweenRao === "0" ? "" : `, between positions ${groupThousands(betweenRao)} rao`;
  const parts = Object.entries(actions).map(([action, { rows, rao }]) => `${action} ${plural(rows, "row")}, ${groupThousands(rao)} rao`);
  return [
    `${kind}: in ${groupThousands(inRao)} rao, out ${groupThousands(outRao)} rao, ${net}${between}`,
    ...(parts.length === 0 ? [] : [`${kind}: ${parts.join("; ")}`]),
  ];
}

/** `balances: 2 positions with 100 rao at the first instant, 3 positions with 140 rao at the last`. */
function stateLines({ kind, states }: StreamSum): string[] {
  if (states === null) return [];
  const { first, last } = states;
  const held = ({ positions, rao }: typeof first) => `${plural(positions, "position")} with ${groupThousands(rao)} rao`;
  return [`${kind}: ${held(first)} at the first instant, ${held(last)} at the last`];
}

/** A sum over all rows, where that means something: not of what came and went together, nor of states. */
function sumCell({ total_rao: totalRao, flows, states }: StreamSum): string {
  return totalRao === null || flows !== null || states !== null ? "-" : groupThousands(totalRao);
}

/** A report names no more fields than a person reads, and of a name no more than shows which it is. */
const MOST_FIELDS = 20;
const LONGEST_NAME = 60;

/** `Role (did you mean role?), memo and 3 more`. */
function unreadWords(unread: NonNullable<ImportReport["unread"]>): string {
  // What may have been meant to be read is named in any case.
  const ordered = [...unread.filter(({ meant }) => meant !== null), ...unread.filter(({ meant }) => meant === null)];
  const names = ordered.slice(0, MOST_FIELDS).map(({ field, meant }) => {
    const name = field === "" ? '""' : field.length > LONGEST_NAME ? `${field.slice(0, LONGEST_NAME)}...` : field;
    return meant === null ? name : `${name} (did you mean ${meant}?)`;
  });
  const more = unread.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${formatCount(more)} more` : "");
}

/** What an importer made, in sums that show at a glance whether it is what was meant, and what to know before trusting it. */
export function importText(report: ImportReport, style: ReportStyle): string {
  const { folder, manifest, unchanged, sums, readAs, unread = [], assumed = [], warnings } = report;
  const table = renderTable(
    [
      { head: "stream", cell: ({ kind }) => kind },
      { head: "rows", align: "right", cell: ({ rows }) => formatCount(rows) },
      { head: "from (UTC)", cell: (sum) => instant(sum.from_ms) },
      { head: "to (UTC)", cell: (sum) => instant(sum.to_ms) },
      { head: "positions", align: "right", cell: ({ positions }) => (positions === null ? "-" : formatCount(positions)) },
      { head: "subnets", align: "right", dropOrder: 1, cell: ({ subnets }) => formatCount(subnets) },
      ...(sums.some((sum) => sumCell(sum) !== "-") ? [{ head: "sum in rao", align: "right" as const, cell: sumCell }] : []),
    ],
    sums,
    style,
  );
  const attributed = manifest.attributed_emission_rao;
  const held = Object.keys(manifest.streams).filter((kind) => !sums.some((sum) => sum.kind === kind));
  return `${[
    unchanged
      ? `${style.bold(`Already imported ${manifest.source.importer}`)}: nothing has changed in ${typedPath(folder)}`
      : `${style.bold(`Imported ${manifest.source.importer}`)} to ${typedPath(folder)}`,
    hanging("read as ", readAs, style),
    table,
    ...sums.flatMap((sum) => [...flowLines(sum), ...stateLines(sum)]).map((line) => paragraph(line, style)),
    ...(held.length === 0 ? [] : [hanging("kept as they were: ", held.join(", "), style)]),
    ...(attributed === undefined ? [] : [`attributed_emission_rao ${attributed}`]),
    `digest ${manifest.digest}`,
    ...(unread.length === 0 ? [] : [hanging("fields not read: ", style.legible(unreadWords(unread)), style)]),
    ...assumed.map((note) => hanging("note: ", style.legible(note), style)),
    ...warnings.map((warning) => hanging("warning: ", style.legible(warning), style)),
  ].join("\n")}\n`;
}
