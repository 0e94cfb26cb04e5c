import type { ImportReport, StreamSum } from "../../recorders/index.js";
import { groupThousands } from "../format/amount.js";
import { formatCount, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { typedPath } from "./typed-path.js";

function instant(timeMs: number | null): string {
  return timeMs === null ? "-" : formatTime(timeMs).replace(/ UTC$/, "");
}

/** `added 3 rows, 100 rao; removed 1 row, 40 rao`, where a stream has actions. */
function actionLines(sums: readonly StreamSum[]): string[] {
  return sums.flatMap(({ kind, by_action: actions }) => {
    if (actions === null) return [];
    const parts = Object.entries(actions).map(([action, { rows, rao }]) => `${action} ${plural(rows, "row")}, ${groupThousands(rao)} rao`);
    return parts.length === 0 ? [] : [`${kind}: ${parts.join("; ")}`];
  });
}

/** What an importer made, in sums that show at a glance whether it is what was meant, and what to know before trusting it. */
export function importText({ folder, manifest, sums, readAs, warnings }: ImportReport, style: ReportStyle): string {
  const table = renderTable(
    [
      { head: "stream", cell: ({ kind }) => kind },
      { head: "rows", align: "right", cell: ({ rows }) => formatCount(rows) },
      { head: "from (UTC)", cell: (sum) => instant(sum.from_ms) },
      { head: "to (UTC)", cell: (sum) => instant(sum.to_ms) },
      { head: "positions", align: "right", cell: ({ positions }) => (positions === null ? "-" : formatCount(positions)) },
      { head: "subnets", align: "right", dropOrder: 1, cell: ({ subnets }) => formatCount(subnets) },
      { head: "sum in rao", align: "right", cell: (sum) => (sum.total_rao === null ? "-" : groupThousands(sum.total_rao)) },
    ],
    sums,
    style,
  );
  const attributed = manifest.attributed_emission_rao;
  const held = Object.keys(manifest.streams).filter((kind) => !sums.some((sum) => sum.kind === kind));
  return `${[
    `${style.bold(`Imported ${manifest.source.importer}`)} to ${typedPath(folder)}`,
    `read as ${readAs}`,
    table,
    ...actionLines(sums),
    ...(held.length === 0 ? [] : [`kept as they were: ${held.join(", ")}`]),
    ...(attributed === undefined ? [] : [`attributed_emission_rao ${attributed}`]),
    `digest ${manifest.digest}`,
    ...warnings.map((warning) => `warning: ${style.legible(warning)}`),
  ].join("\n")}\n`;
}
