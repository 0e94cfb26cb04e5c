import type { RunManifest } from "../../recorders/index.js";

/** What the manifest of a run says of it in numbers. */
export type RunFigures = RunManifest["summary"];

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
