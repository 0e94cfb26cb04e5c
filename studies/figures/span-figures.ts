import type { RunMetricsSummary } from "../../engine/index.js";
import { toMetricsEntry } from "../../recorders/index.js";
import { eachOnce, type Figure } from "./figure.js";
import { payFigures, subnetFigures } from "./pay-figures.js";

/**
 * The figures of pay of a part of a run, named as those of the whole; none where no pot lies in it.
 * @param whole of the run; the part's own where it is the whole
 */
export function spanFigures(part: RunMetricsSummary | null, whole: RunMetricsSummary | null = part): readonly Figure[] {
  const [own, all] = [part, whole].map((metrics) => ({ metrics: metrics === null ? null : toMetricsEntry(metrics) }));
  return eachOnce([...payFigures(own), ...subnetFigures(own, all)]);
}
