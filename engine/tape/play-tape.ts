import type { RunConfiguration } from "../configuration/run-configuration.js";
import { EpochSheet } from "../epochs/epoch-sheet.js";
import { takeFigures } from "../epochs/figures.js";
import { Weighing } from "../epochs/weighing.js";
import { RunMetrics, type RunMetricsSummary, type Span, SpanMetrics } from "../metrics/index.js";
import { measuredRules } from "../metrics/measured-rules.js";
import { multiplies } from "../vesting/vesting.js";
import type { EpochTape } from "./epoch-tape.js";
import { TapedLists } from "./taped-lists.js";
import { TapedMultipliers, Undecidable } from "./taped-multipliers.js";

/** A rule as a tape is played with: what turns base weights and holdings into shares. */
export type PlayedRule = Pick<RunConfiguration, "vesting" | "stages">;

/** The figures of a run, and of parts of its time. */
export interface PlayedFigures {
  readonly whole: RunMetricsSummary | null;
  readonly spans: readonly (RunMetricsSummary | null)[];
}

/** As recorded subnets use a rule (`RecordedShares`). */
const USE = { ruled: true, cutsUnmultiplied: true } as const;

/**
 * The figures that a run of a scenario under a rule would have, from the tape of its replay: the rule's own formulas, the same bits.
 * @returns null where a limit lies so close to what somebody holds that only the ledger can tell
 */
export function playTape(tape: EpochTape, rule: PlayedRule, spans: readonly Span[]): PlayedFigures | null {
  const multipliers = new TapedMultipliers(tape, rule.vesting, multiplies(rule));
  const weighing = new Weighing<number>(rule, multipliers, (stages) => new TapedLists(stages, tape, multipliers));
  const sheet = new EpochSheet(weighing.lists, weighing.listApplies);
  const metrics = new RunMetrics();
  const spanMetrics = spans.length === 0 ? null : new SpanMetrics(spans);
  try {
    for (let epoch = 0; epoch < tape.epochs; epoch++) {
      fillSheet(tape, epoch, sheet);
      const measured = multipliers.measure(epoch);
      weighing.weigh(epoch, sheet, USE);
      takeFigures(sheet, measured, true, metrics, spanMetrics);
    }
  } catch (error) {
    if (error instanceof Undecidable) return null;
    throw error;
  }
  const rules = measuredRules(rule);
  return { whole: metrics.summary(rules), spans: spanMetrics?.summaries(rules) ?? [] };
}

function fillSheet(tape: EpochTape, epoch: number, sheet: EpochSheet): void {
  const first = tape.firstRow[epoch];
  const end = tape.firstRow[epoch + 1];
  const miners = end - first;
  sheet.begin(tape.netuid[epoch], tape.members[epoch], tape.endMs[epoch]);
  sheet.room(miners);
  sheet.seat(miners);
  sheet.potRao = tape.potRao[epoch];
  sheet.baseSum = tape.baseSum[epoch];
  sheet.base.set(tape.base.subarray(first, end));
  sheet.base[miners] = tape.outside[epoch];
  sheet.member.set(tape.member.subarray(first, end));
  sheet.uid.set(tape.uid.subarray(first, end));
}
