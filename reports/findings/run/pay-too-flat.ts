import { FEWEST_SPREAD, FLAT_GINI, gini } from "../../../engine/index.js";
import { formatTokensShort } from "../../format/amount.js";
import { formatFigure } from "../../format/figure.js";
import { plural } from "../../format/numbers.js";
import type { Check } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";
import { giniOfShares, stageName } from "../stage-words.js";

/** A rule that takes half of the differences away is what makes pay flat, not the work. */
const FLATTENED = 2;

export const payTooFlat: Check<SubnetEvidence> = {
  code: "pay_too_flat",
  severities: ["serious", "warning"],
  says: "Miners are paid nearly alike, whatever they do. It is serious where base weights differ and the rule levels them.",
  threshold: `Gini coefficient of what miners were paid in all is below ${FLAT_GINI} (${FEWEST_SPREAD} miners or more, of whom anybody was paid). A subnet in production that paid work and idleness alike had 0.03; subnets whose miners differ have 0.3 and more. Serious where that of base weights is ${FLATTENED} times as large, and ${FLAT_GINI} or more.`,
  tries: "Look at what base weights come of; take a curve that pays ranks apart (`stages: - curve: { kind: geometric, ratio: 0.9 }`).",
  find: (subnet) => {
    // Who was paid nothing at all was not paid alike.
    if (paysNobody(subnet)) return null;
    const { before, after, miners } = giniOf(subnet);
    if (miners < FEWEST_SPREAD || !(after < FLAT_GINI)) return null;
    const isRule = before !== null && before >= FLAT_GINI && before >= FLATTENED * after;
    const stage = isRule ? flatteningStage(subnet) : null;
    return {
      severity: isRule ? "serious" : "warning",
      title: `Pay is nearly flat: the Gini coefficient over ${plural(miners, "miner")} is ${formatFigure(after)}.`,
      evidence: [
        ...spanWords(subnet),
        ...(before === null
          ? []
          : [
              `Of base weights it is ${formatFigure(before)}${isRule ? ": the rule levels what differs" : ": what the rule is given is flat already"}.`,
            ]),
        ...(stage === null ? [] : [stage]),
      ],
      tries: isRule
        ? ["Weaken the stage that levels, or take a curve that keeps the order of the weights (kind: power or geometric)."]
        : [
            "Ask what base weights measure: scores that hardly differ pay work and idleness alike.",
            "Pay ranks apart: a stage `curve: { kind: geometric, ratio: 0.9 }`.",
          ],
    };
  },
};

/** Did the rule give nobody anything? Where pay is only replayed, or the rule in shadow mode, what it would have given counts. */
function paysNobody({ kind, effect, summary: { metrics }, weights, miners }: SubnetEvidence): boolean {
  if (kind === "index" || effect === "applied" || effect === "off") return miners.every(({ at_end }) => at_end.paid_as_miner_rao === 0n);
  if (weights !== null && weights.epochs.length > 0 && weights.epochs.every(({ finalSum }) => finalSum === 0)) return true;
  return metrics !== null && metrics.epochs > 0 && metrics.unpaid_epochs === metrics.epochs;
}

function giniOf({ kind, netuid, summary, miners }: SubnetEvidence): {
  readonly before: number | null;
  readonly after: number;
  readonly miners: number;
} {
  if (kind === "index" && summary.index !== null)
    return { before: null, after: summary.index.inequality.gini, miners: summary.index.inequality.members };
  const metrics = summary.metrics?.subnets.find((subnet) => subnet.netuid === netuid);
  if (metrics !== undefined) return { before: metrics.gini_before, after: metrics.gini_after, miners: metrics.miners };
  const paid = Float64Array.from(miners, ({ at_end }) => Number(at_end.paid_as_miner_rao)).sort();
  return { before: null, after: gini(paid), miners: miners.length };
}

function spanWords({ miners }: SubnetEvidence): readonly string[] {
  const paid = miners.map(({ at_end }) => at_end.paid_as_miner_rao);
  if (paid.length === 0) return [];
  const sorted = paid.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return [`In all the best paid has ${formatTokensShort(sorted[sorted.length - 1])} alpha, and the worst ${formatTokensShort(sorted[0])}.`];
}

/** The stage that takes most of the differences away, in the last epoch. */
function flatteningStage(subnet: SubnetEvidence): string | null {
  const changes = subnet.stages.map(({ stage, before, after }) => ({ stage, before: giniOfShares(before), after: giniOfShares(after) }));
  const [most] = changes.sort((a, b) => b.before - b.after - (a.before - a.after));
  if (most === undefined || most.before - most.after <= 0) return null;
  return `In the last epoch ${stageName(subnet, most.stage)} brought it from ${formatFigure(most.before)} to ${formatFigure(most.after)}.`;
}
