export type { Figure, FigureSource, RunFigures } from "./figures/figure.js";
export { figuresOf } from "./figures/registry.js";
export { CONFIDENCE, type Spread, spreadOf } from "./statistics/spread.js";
export { studentTQuantile } from "./statistics/student-t.js";
