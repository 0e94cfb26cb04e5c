import * as z from "zod";
import { type RunMetricsSummary, type SimulationSummary, UNDECIDED } from "../../engine/index.js";
import { closedLoopEntry, toClosedLoopEntry } from "./closed-loop-entry.js";
import { handedOverEntry, toHandedOverEntry } from "./handed-over-entry.js";
import { indexSummaryEntry, toIndexSummaryEntry } from "./index-summary-entry.js";

const decimal = z.string().regex(/^-?\d+$/);
const counts = z.record(z.string(), z.number());

/** `RunMetricsSummary` as the manifest holds it. */
const metricsEntry = z.object({
  epochs: z.number(),
  pot_moved: z.number(),
  /** Null in manifests of versions that did not measure them. */
  held_pay_share: z.number().nullable().default(null),
  multiplier_paid: z.number().nullable().default(null),
  unpaid_epochs: z.number(),
  subnets: z.array(
    z.object({
      netuid: z.number(),
      epochs: z.number(),
      miners: z.number(),
      pot_moved: z.number(),
      gini_before: z.number(),
      gini_after: z.number(),
    }),
  ),
  undecided: z.array(z.enum(UNDECIDED)),
});
export type MetricsEntry = z.infer<typeof metricsEntry>;

/** `SimulationSummary` as the manifest holds it: snake_case like every file Tenure writes. */
export const summaryEntry = z.object({
  first_ms: z.number().nullable(),
  last_ms: z.number().nullable(),
  events: counts,
  positions: z.number(),
  epochs: z.number(),
  tranches: z.number(),
  exits: z.number(),
  rejections: counts,
  unexplained_rao: decimal,
  rounding_rao: decimal,
  inflow_rao: decimal,
  emission_rao: decimal,
  outflow_rao: decimal,
  /** Left out by versions that knew none. */
  from_outside_rao: decimal.default("0"),
  remaining_rao: decimal,
  unallocated_rao: decimal,
  outside_rao: decimal,
  /** Left out where the rule is no list of stages. */
  residual_rao: z.object({ burn: decimal, recycle: decimal, treasury: decimal, owner: decimal }).optional(),
  rows: counts,
  /** Null: no epoch had a pot. Left out by versions that measured none. */
  metrics: metricsEntry.nullable().default(null),
  /** Null: the scenario has no index subnet. Left out by versions that knew none. */
  index: indexSummaryEntry.nullable().default(null),
  /** Null: the scenario has no miners who decide for themselves. Left out by versions that knew none. */
  closed_loop: closedLoopEntry.nullable().default(null),
  /** Left out where no position is handed over. */
  handed_over: handedOverEntry.optional(),
  warnings: z.array(z.string()),
});
export type SummaryEntry = z.infer<typeof summaryEntry>;

export function toSummaryEntry(summary: SimulationSummary): SummaryEntry {
  return {
    first_ms: summary.firstMs,
    last_ms: summary.lastMs,
    events: { ...summary.events },
    positions: summary.positions,
    epochs: summary.epochs,
    tranches: summary.tranches,
    exits: summary.exits,
    rejections: { ...summary.rejections },
    unexplained_rao: summary.unexplainedRao,
    rounding_rao: summary.roundingRao,
    inflow_rao: summary.inflowRao,
    emission_rao: summary.emissionRao,
    outflow_rao: summary.outflowRao,
    from_outside_rao: summary.fromOutsideRao,
    remaining_rao: summary.remainingRao,
    unallocated_rao: summary.unallocatedRao,
    outside_rao: summary.outsideRao,
    ...(summary.residualRao === null ? {} : { residual_rao: summary.residualRao }),
    rows: { ...summary.rows },
    metrics: summary.metrics === null ? null : toMetricsEntry(summary.metrics),
    index: summary.index === null ? null : toIndexSummaryEntry(summary.index),
    closed_loop: summary.closedLoop === null ? null : toClosedLoopEntry(summary.closedLoop),
    ...(summary.handedOver === null ? {} : { handed_over: toHandedOverEntry(summary.handedOver) }),
    warnings: [...summary.warnings],
  };
}

export function toMetricsEntry({
  epochs,
  potMoved,
  heldPayShare,
  multiplierPaid,
  unpaidEpochs,
  subnets,
  undecided,
}: RunMetricsSummary): MetricsEntry {
  return {
    epochs,
    pot_moved: potMoved,
    held_pay_share: heldPayShare,
    multiplier_paid: multiplierPaid,
    unpaid_epochs: unpaidEpochs,
    subnets: subnets.map((subnet) => ({
      netuid: subnet.netuid,
      epochs: subnet.epochs,
      miners: subnet.miners,
      pot_moved: subnet.potMoved,
      gini_before: subnet.giniBefore,
      gini_after: subnet.giniAfter,
    })),
    undecided: [...undecided],
  };
}
