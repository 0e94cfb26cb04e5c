import type { RequestEstimate } from "../../recorders/index.js";
import { formatCount, plural } from "../format/numbers.js";
import { formatElapsed } from "../format/time.js";
import type { ReportStyle } from "../style.js";
import { hanging, paragraph } from "./paragraph.js";

/** What a recording will ask of a node. */
export function requestEstimateText(estimate: RequestEstimate, style: ReportStyle): string {
  const { chain, from_block, to_block, blocks, positions, hotkeys, requests, epochs, chunks } = estimate;
  const line = (name: string, count: number, what: string) =>
    hanging(`  ${name.padEnd(9)}${formatCount(count).padStart(12)}  `, what, style, { text: style.dim });
  return `${[
    hanging("Dry run. ", `${chain}, blocks ${formatCount(from_block)} to ${formatCount(to_block)} (${formatCount(blocks)})`, style, {
      lead: style.bold,
    }),
    line("opening", requests.opening, `made just now: ${plural(positions, "position")} on ${plural(hotkeys, "hotkey")}`),
    line("hashes", requests.hashes, "of blocks, many at a time"),
    line("blocks", requests.blocks, "events, time and price, one each"),
    line("epochs", requests.epochs, `${plural(epochs, "epoch")}: balances before and after, seats`),
    line("chunks", requests.chunks, `${plural(chunks, "chunk")}: closing balances, seats`),
    line("total", requests.total, `about ${formatElapsed(estimate.seconds * 1_000)} at the speed of this node's answers now`),
    paragraph("Registrations, key swaps, root claims and the like take a few more each. Nothing was written.", style),
  ].join("\n")}\n`;
}
