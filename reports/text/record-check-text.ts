import type { EpochDifference, RecordingCheck } from "../../recorders/index.js";
import { formatTokens, formatTokensShort } from "../format/amount.js";
import { formatCount, plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { hanging, paragraph } from "./paragraph.js";
import { typedPath } from "./typed-path.js";

/** How each cause is said. */
const CAUSES: Readonly<Record<string, string>> = {
  rounding: "rounding of the chain",
  unexplained: "nothing known",
  stake_moved: "a move without an amount",
  hotkey_swapped: "a hotkey swap",
  coldkey_swapped: "a coldkey swap",
  network_removed: "the subnet was removed",
  root_claimed: "a root claim",
  liquidity: "liquidity of the user",
  alpha_fee: "a fee paid in alpha",
  unnamed_coldkey: "an event without a coldkey",
};

/** Whether a recording of a chain is in order, and what of it had to be measured. */
export function recordCheckText(check: RecordingCheck, style: ReportStyle): string {
  const { ok, faults, folder, digest, chain, netuids, worst_residual: worst, pay_check: pay, added_up: added } = check;
  const range = `blocks ${formatCount(chain.from_block)} to ${formatCount(chain.to_block)}`;
  const line = (name: string, words: string) => hanging(`  ${name.padEnd(11)}`, words, style);
  const lines = [
    hanging(
      ok ? "In order. " : "Not in order. ",
      `${style.legible(chain.name)}, ${netuids.length === 1 ? "subnet" : "subnets"} ${netuids.join(", ")}, ${range}, in ${typedPath(folder)}`,
      style,
      { lead: style.bold },
    ),
    ...faults.map((fault) => hanging("  fault ", style.legible(fault), style, { lead: style.bold })),
    line(
      "files",
      `${plural(check.files, "file")} in ${plural(chain.chunks.length, "chunk")}, ${(check.bytes / 1e6).toFixed(1)} MB, ${added ? "SHA-256 as the manifest says" : "not all as the manifest says"}`,
    ),
    line("balances", `${formatCount(check.balances_compared)} compared at ${plural(check.edges, "edge")} (epochs and ends of chunks)`),
    line(
      "residual",
      !added
        ? "not known: the rows were not added up"
        : worst === null
          ? "0 rao: every balance is the one before plus flows and emission"
          : style.legible(worstWords(worst)),
    ),
    line("emission", `${formatTokensShort(check.emission_rao)} alpha attributed`),
    line("epochs", added ? epochWords(check.epoch_check) : "not known"),
    line(
      "pay check",
      pay.miners === 0
        ? "no miners to compare"
        : `${formatCount(pay.miners)} pays of miners; the chain's own figure differs by ${formatCount(pay.worst_rao)} rao at most${pay.worst_block === null ? "" : ` (block ${formatCount(pay.worst_block)})`}`,
    ),
    ...roundingWords(check.rounding).map((words) => line("rounding", words)),
    line("digest", digest),
  ];
  const causes = Object.entries(check.explained).map(([cause, figures]) => ({ cause, ...figures }));
  if (causes.length === 0 && !added) return `${lines.join("\n")}\n`;
  if (causes.length === 0)
    return `${[...lines, "", paragraph("No change had to be measured: events explain all but emission.", style)].join("\n")}\n`;
  const table = renderTable(
    [
      { head: "measured", cell: ({ cause }) => CAUSES[cause] ?? cause },
      { head: "rows", align: "right", cell: ({ rows }) => formatCount(rows) },
      { head: "alpha in", align: "right", cell: ({ inflow_rao }) => formatTokens(inflow_rao) },
      { head: "alpha out", align: "right", cell: ({ outflow_rao }) => formatTokens(outflow_rao) },
      { head: "largest", align: "right", cell: ({ worst_rao }) => formatTokens(worst_rao) },
      { head: "in block", align: "right", cell: ({ worst_block }) => formatCount(worst_block) },
    ],
    causes,
    style,
  );
  return `${[...lines, "", table].join("\n")}\n`;
}

function epochWords({ epochs, bound_rao, worst_excess, worst_missing }: RecordingCheck["epoch_check"]): string {
  if (epochs === 0) return "not compared: the recording does not hold what the chain says each paid";
  const at = (difference: EpochDifference | null) =>
    difference === null
      ? "0"
      : `${formatTokens(difference.rao)} alpha (block ${formatCount(difference.block)}, subnet ${difference.netuid})`;
  return `${formatCount(epochs)} against Emission[] and the owner's cut: recorded is more by ${at(worst_excess)} at most, bound ${formatTokens(bound_rao)}; less by ${at(worst_missing)} at most`;
}

function roundingWords({ rows, rao, by_shares: shares }: RecordingCheck["rounding"]): string[] {
  if (rows === 0) return [];
  const all = `${plural(rows, "row")}, ${formatTokens(rao)} alpha in all`;
  if (shares === null) return [`${all}: at most 10 rao an event`];
  const specs = `${shares.spec_versions.length === 1 ? "spec" : "specs"} ${shares.spec_versions.join(", ")}`;
  return [
    `${all}; of them ${plural(shares.rows, "row")} of up to ${formatTokens(shares.worst_rao)} alpha by whole shares, as runtimes of ${specs} keep them: one was worth up to ${formatTokens(shares.largest_share_rao)} alpha`,
  ];
}

function worstWords({ rao, block, netuid, hotkey, coldkey }: NonNullable<RecordingCheck["worst_residual"]>): string {
  return `${rao > 0 ? "+" : "-"}${formatCount(Math.abs(rao))} rao at worst: block ${formatCount(block)}, subnet ${netuid}, hotkey ${hotkey}, coldkey ${coldkey}`;
}
