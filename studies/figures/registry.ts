import { advantageFigures, closedLoopFigures } from "./closed-loop-figures.js";
import { eachOnce, type Figure, type FigureSource, type RunFigures } from "./figure.js";
import { flowFigures, residualFigures } from "./flow-figures.js";
import { handedOverFigures } from "./handed-over-figures.js";
import { indexFigures, indexGroupFigures } from "./index-figures.js";
import { payFigures, subnetFigures } from "./pay-figures.js";

/** Where figures come from, in the order they are shown in. A new family is one line here. */
const FIGURE_SOURCES: readonly FigureSource[] = [
  payFigures,
  (summary) => subnetFigures(summary),
  flowFigures,
  residualFigures,
  indexFigures,
  indexGroupFigures,
  advantageFigures,
  closedLoopFigures,
  handedOverFigures,
];

/** The figures of a run, each name once; what is not a finite number says nothing and is left out. */
export function figuresOf(summary: RunFigures): readonly Figure[] {
  return eachOnce(FIGURE_SOURCES.flatMap((source) => source(summary)));
}
