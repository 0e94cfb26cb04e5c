import type { TableDeclaration } from "../../engine/index.js";

/** `figures.arrow` of a study: what each replicate amounts to, in numbers. */
export const FIGURES_TABLE: TableDeclaration = {
  name: "figures",
  meaning: "Figures of each replicate, one row a replicate and figure.",
  columns: [
    { name: "replicate", type: "int", unit: "", meaning: "Which run of the scenario the figure is of." },
    { name: "figure", type: "text", unit: "", meaning: "Name of the figure." },
    { name: "unit", type: "text", unit: "", meaning: "Unit of the value; empty for a share or a ratio." },
    { name: "value", type: "real", unit: "", meaning: "The figure." },
  ],
};

export interface FigureRow {
  readonly replicate: number;
  readonly figure: string;
  readonly unit: string;
  readonly value: number;
}
