import { formatMultiplier, formatShare, formatTerm } from "../format/numbers.js";
import type { MultiplierEffect } from "../rules.js";
import type { StageStep } from "../stage-chain.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { paragraph } from "./paragraph.js";
import { type Term, termTable } from "./term-table.js";

/** The list of stages with numbers, and how each came by its own. Empty for a rule that is no list. */
export function stagesText(stages: readonly StageStep[] | null, effect: MultiplierEffect, style: ReportStyle): string[] {
  if (stages === null || stages.length === 0) return [];
  const head = effect === "applied" ? "Its share, stage by stage" : "Its share, stage by stage, as it would be";
  const chain = renderTable(
    [
      { head: "stage", cell: (one: StageStep) => `${one.stage} ${titleOf(one)}` },
      { head: "before", align: "right", cell: (one: StageStep) => shareOf(one.share_before) },
      { head: "factor", align: "right", cell: effectOf },
      { head: "after", align: "right", cell: (one: StageStep) => shareOf(one.share_after) },
    ],
    stages,
    style,
  );
  const explained = stages.filter(({ terms }) => terms.length > 0);
  return [
    `${style.bold(head)}\n${chain}`,
    ...explained.map((one) => `${style.bold(`Stage ${one.stage}, ${titleOf(one)}`)}\n${termTable(one.terms.map(termOf), style)}`),
    ...stages.flatMap(({ note }) => (note === null ? [] : [paragraph(style.legible(note), style)])),
  ];
}

function shareOf(share: number | null): string {
  return share === null ? "-" : formatShare(share);
}

function effectOf({ effect, factor, kept }: StageStep): string {
  if (effect === "keep") return kept === null ? "keeps a part" : `leaves ${formatShare(kept)}`;
  return factor === null ? "anew" : formatMultiplier(factor);
}

function titleOf({ name, variant }: StageStep): string {
  return variant === null ? name : `${name} ${variant}`;
}

function termOf({ name, value, formula }: StageStep["terms"][number]): Term {
  return { name, value: formatTerm(value), from: formula };
}
