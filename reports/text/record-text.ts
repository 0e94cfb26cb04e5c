import { basename, dirname, resolve } from "node:path";
import type { RecordReport } from "../../recorders/index.js";
import { formatTokens } from "../format/amount.js";
import { formatCount, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { hanging } from "./paragraph.js";
import { shellWord } from "./shell-word.js";
import { typedPath } from "./typed-path.js";

/** What the scenario recorded-subnet names. */
const SHIPPED = { netuid: 30, name: "subnet-30" };

/** What was recorded of a chain, and what to know before trusting it. */
export function recordText({ folder, manifest, blocks, requests }: RecordReport, style: ReportStyle): string {
  const chain = manifest?.chain;
  if (manifest === undefined || chain === undefined) return "Nothing was recorded.\n";
  const netuids = manifest.source.netuids;
  const where = `${netuids.length === 1 ? "subnet" : "subnets"} ${netuids.join(", ")} of ${style.legible(chain.name)}`;
  const range = `blocks ${formatCount(chain.from_block)} to ${formatCount(chain.to_block)}`;
  const streams = Object.entries(manifest.streams).map(([kind, { rows, files }]) => {
    const times = files.flatMap(({ from_ms, to_ms }) => (from_ms === null || to_ms === null ? [] : [from_ms, to_ms]));
    return { kind, rows, files: files.length, from: times[0], to: times.at(-1) };
  });
  const table = renderTable(
    [
      { head: "stream", cell: ({ kind }) => kind },
      { head: "rows", align: "right", cell: ({ rows }) => formatCount(rows) },
      { head: "files", align: "right", cell: ({ files }) => formatCount(files) },
      { head: "from", cell: ({ from }) => (from === undefined ? "-" : formatTime(from)) },
      { head: "to", cell: ({ to }) => (to === undefined ? "-" : formatTime(to)) },
    ],
    streams,
    style,
  );
  const figures = manifest.figures as Readonly<Record<string, number>>;
  const { epochs, quarantined_blocks: quarantined, worst_epoch_excess_rao: excess = 0 } = figures;
  const done = blocks === 0 ? "All of it was there already" : `${plural(blocks, "block")} more, with ${plural(requests, "request")}`;
  return `${[
    hanging("Recorded ", `${where}, ${range}, to ${typedPath(folder)}`, style, { lead: style.bold }),
    hanging(
      "  ",
      `${done}. ${plural(epochs, "epoch")}, ${plural(chain.chunks.length, "chunk")}, ${plural(quarantined, "block")} with changes that no event gives an amount for.`,
      style,
    ),
    hanging(
      "  ",
      `In no epoch is more recorded than the chain paid${excess === 0 ? "." : `, but for ${formatTokens(excess)} alpha.`}`,
      style,
    ),
    table,
    `digest ${manifest.digest}`,
    ...manifest.notes.map((note) => hanging("warning: ", style.legible(note), style)),
    "",
    "Try next:",
    `  npx tenure record check ${typedPath(folder)}`,
    `  npx tenure run recorded-subnet --data ${typedPath(dirname(resolve(folder)))}${settings(basename(resolve(folder)), netuids)}`,
  ].join("\n")}\n`;
}

/** What the shipped scenario must be told where the recording is not the one that it names. */
function settings(name: string, [netuid]: readonly number[]): string {
  const sets = [
    ...(netuid === SHIPPED.netuid ? [] : [`subnet.netuid=${netuid}`]),
    ...(name === SHIPPED.name ? [] : [`streams.0.recorded=${name}`]),
  ];
  return sets.map((set) => ` --set ${shellWord(set)}`).join("");
}
