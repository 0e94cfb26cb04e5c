export { Deciding, type Evidence, UNDECIDED, type Undecided } from "./deciding.js";
export { PayGini } from "./pay-gini.js";
export { movedShare, SAME_SHARES } from "./pot-moved.js";
export { RunMetrics, type RunMetricsSummary, type SharedPot, type SubnetMetrics } from "./run-metrics.js";
export type { Span, TimeWindow } from "./span.js";
export { SpanLookup } from "./span-lookup.js";
export { SpanMetrics } from "./span-metrics.js";
