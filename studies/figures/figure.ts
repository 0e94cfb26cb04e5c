import type { RunManifest } from "../../recorders/index.js";

/** What the manifest of a run says of it in numbers. */
export type RunFigures = RunManifest["summary"];

/** What of it is about pay, as a part of a run has it, too. */
export type PayOfRun = Pick<RunFigures, "metrics">;

/** One number that says something of a whole run. */
export interface Figure {
  /** `gini_after`; of one of several `subnet/30/gini_after`. */
  readonly name: string;
  /** Empty for a share or a ratio. */
  readonly unit: string;
  readonly meaning: string;
  readonly value: number;
}

/** Finds figures in the summary of a run: none where it has nothing to say of them. */
export type FigureSource = (summary: RunFigures) => readonly Figure[];

/** Rao as whole tokens, rounded to the nearest double. */
export const tokens = (rao: string): number => Number(rao) / 1e9;

/** Of figures of one name the first: who counts it twice takes one draw for two. */
export function eachOnce(figures: readonly Figure[]): readonly Figure[] {
  const kept = new Map<string, Figure>();
  for (const figure of figures) if (Number.isFinite(figure.value) && !kept.has(figure.name)) kept.set(figure.name, figure);
  return [...kept.values()];
}
