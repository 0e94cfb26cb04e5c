import type { MultiplierRuleChoice } from "../rules/multipliers/index.js";
import { RunMetrics, type RunMetricsSummary, type SharedPot } from "./run-metrics.js";
import type { Span } from "./span.js";
import { SpanLookup } from "./span-lookup.js";

/** The figures of a run over parts of its time. */
export class SpanMetrics {
  readonly #lookup: SpanLookup;
  readonly #metrics: readonly RunMetrics[];

  constructor(spans: readonly Span[]) {
    this.#lookup = new SpanLookup(spans);
    this.#metrics = spans.map(() => new RunMetrics());
  }

  /** As `RunMetrics.take`, of each span that the end of the epoch lies in. */
  take(pot: SharedPot, heldShare: Float64Array, isShared: boolean): void {
    for (const index of this.#lookup.at(pot.endMs)) this.#metrics[index].take(pot, heldShare, isShared);
  }

  /** As `RunMetrics.summary`, by span: null for one without a pot. */
  summaries(rules: readonly MultiplierRuleChoice[] | null): readonly (RunMetricsSummary | null)[] {
    return this.#metrics.map((metrics) => metrics.summary(rules));
  }
}
