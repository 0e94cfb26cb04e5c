import { formatTokens } from "../format/amount.js";
import { formatMultiplier, formatShare, formatTerm } from "../format/numbers.js";
import type { MultiplierEffect } from "../rules.js";
import { type StageStep, stageTitle } from "../stage-step.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { paragraph } from "./paragraph.js";
import { type Term, termTable } from "./term-table.js";

/**
 * The list of stages with numbers, and how each came by its own. Empty for a rule that is no list.
 * @param note what is to be recorded to know more; null: nothing
 * @param shared what the list shares: of an index subnet the base pool, which is a part of the pot
 */
export function stagesText(
  stages: readonly StageStep[] | null,
  note: string | null,
  effect: MultiplierEffect,
  style: ReportStyle,
  shared: "whole pot" | "base pool" = "whole pot",
): string[] {
  if (stages === null || stages.length === 0) return [];
  const head = effect === "applied" ? "Its share, stage by stage" : "Its share, stage by stage, as it would be";
  const explained = stages.filter(({ terms }) => terms.length > 0);
  return [
    `${style.bold(head)}\n${renderTable(columnsOf(stages), stages, style)}`,
    ...chainWords(stages, shared).map((words) => paragraph(words, style)),
    ...(note === null ? [] : [paragraph(note, style)]),
    ...explained.map((one) => `${style.bold(`Stage ${one.stage}, ${stageTitle(one)}`)}\n${termTable(one.terms.map(termOf), style)}`),
    ...stages.flatMap(({ note: own }) => (own === null ? [] : [paragraph(style.legible(own), style)])),
  ];
}

function columnsOf(stages: readonly StageStep[]): TableColumn<StageStep>[] {
  const ceiling: TableColumn<StageStep> = {
    head: "ceiling",
    align: "right",
    cell: ({ ceiling: one }) => (one === null ? "-" : formatTerm(one)),
  };
  return [
    { head: "stage", cell: (one) => `${one.stage} ${stageTitle(one)}` },
    { head: "before", align: "right", dropOrder: 1, cell: (one) => shareOf(one.share_before) },
    { head: "factor", align: "right", cell: effectOf },
    ...(hasCeilings(stages) ? [ceiling] : []),
    { head: "after", align: "right", cell: (one) => shareOf(one.share_after) },
  ];
}

function hasCeilings(stages: readonly StageStep[]): boolean {
  return stages.some(({ ceiling }) => ceiling !== null);
}

/** What is to be said of the whole list: how shares follow from factors, and what went elsewhere. */
function chainWords(stages: readonly StageStep[], shared: string): string[] {
  const residual = stages[stages.length - 1];
  const to = residual.variant ?? "";
  const words: string[] = [];
  if (hasCeilings(stages)) words.push(`after = before * factor / ceiling. What factors are below their ceilings goes to ${to}.`);
  if (stages.some(({ effect }) => effect === "keep"))
    words.push(`The last \`after\` is of the ${shared}, the others of what is left of it.`);
  const elsewhere = residual.elsewhere ?? [];
  if (elsewhere.length > 0) {
    const each = elsewhere.map(({ goes_to, share, amount_rao: rao }) => {
      const amount = rao === null ? "" : ` (${formatTokens(rao)} alpha)`;
      return `${goes_to} ${formatShare(share)}${amount}`;
    });
    words.push(`Of the ${shared} went elsewhere than to miners: ${each.join(", ")}.`);
  }
  return words.length === 0 ? [] : [words.join(" ")];
}

function shareOf(share: number | null): string {
  return share === null ? "-" : formatShare(share);
}

function effectOf({ effect, factor, kept, elsewhere }: StageStep): string {
  if (effect === "residual")
    return elsewhere === null ? "-" : `${formatShare(elsewhere.reduce((sum, { share }) => sum + share, 0))} elsewhere`;
  if (effect === "keep") return kept === null ? "keeps a part" : `leaves ${formatShare(kept)}`;
  if (effect === "share") return "anew";
  return factor === null ? "-" : formatMultiplier(factor);
}

function termOf({ name, value, formula }: StageStep["terms"][number]): Term {
  return { name, value: formatTerm(value), from: formula };
}
