import type { ImportReport } from "../../recorders/index.js";
import { formatCount } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { typedPath } from "./typed-path.js";

function instant(timeMs: number | null): string {
  return timeMs === null ? "-" : formatTime(timeMs);
}

/** What an importer made, and what to know before trusting it. */
export function importText({ folder, manifest, warnings }: ImportReport, style: ReportStyle): string {
  const streams = Object.entries(manifest.streams).map(([kind, { rows, files }]) => ({ kind, rows, files }));
  const table = renderTable(
    [
      { head: "stream", cell: ({ kind }) => kind },
      { head: "rows", align: "right", cell: ({ rows }) => formatCount(rows) },
      { head: "from", cell: ({ files }) => instant(files[0].from_ms) },
      { head: "to", cell: ({ files }) => instant(files[files.length - 1].to_ms) },
    ],
    streams,
    style,
  );
  const attributed = manifest.attributed_emission_rao;
  return `${[
    `${style.bold(`Imported ${manifest.source.importer}`)} to ${typedPath(folder)}`,
    table,
    ...(attributed === undefined ? [] : [`attributed_emission_rao ${attributed}`]),
    `digest ${manifest.digest}`,
    ...warnings.map((warning) => `warning: ${style.legible(warning)}`),
  ].join("\n")}\n`;
}
