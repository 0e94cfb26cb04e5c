import type { TunedValue } from "../../../studies/index.js";
import type { TuningReport } from "../../tuning/tuning-report.js";

/** A field of a map over two parameters. */
export interface MapCell {
  readonly row: string;
  readonly column: string;
  /** Mean of the objective over its trials. */
  readonly mean: number;
  readonly trials: number;
  /** 0..1 from the worst field to the best. */
  readonly goodness: number;
}

export interface ObjectiveMap {
  /** Values, or spans of a range, in their order. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly MapCell[];
}

/** Spans that a range is cut into. */
const SPANS = 6;
/** More fields side by side cannot be read. */
const MOST_VALUES = 24;

/** An objective over two parameters: of each combination the mean over what else was varied; null where it does not vary, or fields are too many. */
export function objectiveMap(tuning: TuningReport, rowPath: string, columnPath: string, objective: string): ObjectiveMap | null {
  const [rowAxis, columnAxis] = [axisOf(tuning, rowPath), axisOf(tuning, columnPath)];
  if (rowAxis.names.length > MOST_VALUES || columnAxis.names.length > MOST_VALUES) return null;
  const sums = new Map<string, { row: string; column: string; sum: number; trials: number }>();
  for (const { set, objectives } of tuning.trials) {
    const mean = objectives?.[objective].mean;
    if (mean === undefined) continue;
    const [row, column] = [rowAxis.nameOf(set[rowPath]), columnAxis.nameOf(set[columnPath])];
    const key = JSON.stringify([row, column]);
    const own = sums.get(key) ?? { row, column, sum: 0, trials: 0 };
    sums.set(key, own);
    own.sum += mean;
    own.trials += 1;
  }
  const fields = [...sums.values()].map(({ sum, ...field }) => ({ ...field, mean: sum / field.trials }));
  const means = fields.map(({ mean }) => mean);
  const [least, most] = [Math.min(...means), Math.max(...means)];
  if (fields.length < 2 || !(most > least)) return null;
  const isMax = tuning.objectives.find(({ name }) => name === objective)?.better === "max";
  const cells = fields.map((field) => {
    const share = (field.mean - least) / (most - least);
    return { ...field, goodness: isMax ? share : 1 - share };
  });
  return { rows: rowAxis.names, columns: columnAxis.names, cells };
}

interface MapAxis {
  readonly names: readonly string[];
  readonly nameOf: (value: TunedValue) => string;
}

function axisOf({ parameters, trials }: TuningReport, path: string): MapAxis {
  const values = parameters.find((one) => one.path === path)?.values ?? null;
  if (values !== null) return { names: values.map(String), nameOf: String };
  const numbers = trials.map(({ set }) => Number(set[path]));
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  const border = (at: number) => Number((from + ((to - from) * at) / SPANS).toPrecision(3));
  const names = Array.from({ length: SPANS }, (_, at) => `${border(at)} to ${border(at + 1)}`);
  const place = (value: TunedValue) => (to > from ? Math.min(SPANS - 1, Math.floor(((Number(value) - from) / (to - from)) * SPANS)) : 0);
  return { names, nameOf: (value) => names[place(value)] };
}
