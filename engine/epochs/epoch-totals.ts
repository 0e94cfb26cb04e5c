import { RunAccidents } from "../accidents/index.js";
import type { Outputs } from "../books/outputs.js";
import type { RunConfiguration } from "../configuration/run-configuration.js";
import { ExactSum } from "../kernel/money.js";
import { RunMetrics, type Span, SpanMetrics } from "../metrics/index.js";
import { Budgets } from "./budgets.js";
import type { EpochSheet } from "./epoch-sheet.js";
import { Residuals } from "./residuals.js";
import { UnpricedEpochs } from "./unpriced-epochs.js";

/** What all epochs of a run amount to. */
export class EpochTotals {
  epochs = 0;
  readonly unallocatedRao = new ExactSum();
  readonly outsideRao = new ExactSum();
  readonly residuals: Residuals;
  readonly budgets: Budgets;
  readonly unpriced: UnpricedEpochs;
  /** Figures of the run. */
  readonly metrics = new RunMetrics();
  /** What happened to subnets in production, and happens in the run. */
  readonly accidents = new RunAccidents();
  /** Of parts of its time; null: they were not asked for. */
  readonly spans: SpanMetrics | null;

  constructor(outputs: Outputs, configuration: RunConfiguration, spans: readonly Span[] | null) {
    this.spans = spans === null ? null : new SpanMetrics(spans);
    this.residuals = new Residuals(outputs);
    this.budgets = new Budgets(outputs);
    this.unpriced = new UnpricedEpochs(configuration);
  }

  add({ unallocatedRao, outsideRao }: EpochSheet): void {
    this.unallocatedRao.add(unallocatedRao);
    this.outsideRao.add(outsideRao);
  }
}
