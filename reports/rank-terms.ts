import type { NamedTerm, StageConfiguration } from "../engine/index.js";

/** A row of the table `stage_weights`; those of a stage are in the order of uids. */
export interface StageWeightRow {
  readonly stage: number;
  readonly position: number;
  readonly share_before: number;
  readonly factor: number;
  readonly share_after: number;
}

/** Where a miner stands among those with a weight. Whom the order of ranks tells from others of the same weight has a rank of its own. */
export function rankTerms(
  own: StageWeightRow,
  rows: readonly StageWeightRow[],
  { stage: choice, parameters }: StageConfiguration,
): readonly NamedTerm[] {
  // Other stages that are built in do not go by ranks.
  if (typeof choice === "string" && choice !== "curve") return [];
  const { stage, share_before: before, share_after: after } = own;
  if (before === 0) return [];
  const ranked = rows.filter((row) => row.stage === stage && row.share_before > 0);
  const more = ranked.filter((row) => row.share_before > before).length;
  const alike = ranked.filter((row) => row.share_before === before);
  // Earlier ranks are given no less.
  const isOrdered = (parameters as { readonly ties?: string }).ties === "uid";
  const ahead = isOrdered ? alike.filter((row) => row.share_after > after).length : 0;
  const tied = isOrdered ? alike.filter((row) => row.share_after === after).length : alike.length;
  const isDecided = isOrdered && tied < alike.length;
  const formula = `1 + how many have more${isDecided ? ", or as much and come first (earlier registration, then lower uid)" : ""}`;
  const same = isDecided ? "miners of the same weight that get the same" : "miners of the same weight";
  return [
    { name: "rank", formula, value: 1 + more + ahead },
    ...(tied > 1 ? [{ name: "tied", formula: `${same}, itself included`, value: tied }] : []),
    { name: "ranked", formula: "miners with a weight", value: ranked.length },
  ];
}
