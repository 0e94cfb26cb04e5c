import type { HoldingRuleConfiguration } from "./configuration/rule-configuration.js";
import type { StreamDescription } from "./configuration/stream-description.js";
import type { RedistributionConfiguration } from "./configuration/vesting-configuration.js";
import { TenureError } from "./kernel/errors.js";
import { ceil } from "./kernel/math.js";
import { isRao, MAX_RAO } from "./kernel/money.js";
import { MOST_INSTALMENTS, requireThat, requireWithin, SCHEDULE_RANGES, THRESHOLD_RANGE } from "./kernel/ranges.js";
import { DAY_MS } from "./kernel/time.js";
import { refuseModules } from "./modules/modules.js";
import { MULTIPLIER_PARAMETERS, multiplierRuleOf } from "./rules/multipliers/index.js";
import { requireParameters } from "./rules/parameter.js";
import { requireStages } from "./rules/stages/stage-checks.js";
import type { SimulationConfiguration } from "./simulation-configuration.js";
import { refuseUntoldFacts } from "./stage-streams.js";
import { requireWeights } from "./yuma/require-weights.js";

/** Refuses what no scenario can mean, whoever built the configuration. */
export function refuseConfiguration(configuration: SimulationConfiguration, streams: readonly StreamDescription[]): void {
  const { vesting, emission, schedules } = configuration;
  refuseRule(vesting, "vesting");
  if (emission.recordedRule !== null) refuseRule(emission.recordedRule, "emission.recorded_rule");
  refuseRedistribution(vesting.redistribution, "vesting.redistribution.threshold");
  if (configuration.weights?.from === "scores") refuseWithoutScores(configuration, streams);
  else if (configuration.weights !== null) {
    requireWeights(configuration.weights, "weights");
    refuseWithoutValidators(configuration, streams);
  }
  if (configuration.stages !== null) requireStages(configuration.stages.stages, configuration.stages.residual, "stages");
  if (schedules !== null) {
    const { durationDays, intervalDays } = SCHEDULE_RANGES;
    requireWithin(schedules.durationMs / DAY_MS, durationDays, "TEN-RULE-005", "schedules.duration_days");
    requireWithin(schedules.intervalMs / DAY_MS, intervalDays, "TEN-RULE-006", "schedules.interval_days");
    const instalments = ceil(schedules.durationMs / schedules.intervalMs);
    requireThat(
      instalments <= MOST_INSTALMENTS,
      "TEN-RULE-021",
      "schedules.interval_days",
      schedules.intervalMs / DAY_MS,
      `at most ${MOST_INSTALMENTS} intervals in duration_days`,
    );
    if (emission.mode === "redistribute" && emission.withdrawals === "same_tranches") {
      throw new TenureError({
        code: "TEN-RULE-007",
        what: "Instalments have no counterpart tranche in the recording, so recorded withdrawals cannot follow tranches.",
        place: { path: "emission.withdrawals" },
        found: emission.withdrawals,
        allowed: "proportional, absolute",
        hint: "With schedules under redistribute choose emission.withdrawals: proportional.",
      });
    }
  }
  refuseUntoldFacts(configuration, streams);
  refuseModules(configuration, streams);
}

function refuseWithoutValidators({ closedLoops }: SimulationConfiguration, streams: readonly StreamDescription[]): void {
  if (streams.some(({ kind }) => kind === "validator_weights") || closedLoops.some(({ validators }) => validators.length > 0)) return;
  throw new TenureError({
    code: "TEN-YUMA-003",
    what: "Nobody sets weights that base weights could be made of: no stream holds validator_weights.",
    place: { path: "weights" },
    found: [...new Set(streams.map(({ kind }) => kind))].sort().join(", "),
    allowed: "a recording with validator_weights, or a closed loop with validators",
    hint: "Make one of what validators set: tenure import table --kind validator_weights. Or leave weights out.",
  });
}

function refuseWithoutScores({ closedLoops }: SimulationConfiguration, streams: readonly StreamDescription[]): void {
  const refuse = (found: string, allowed: string, hint: string) => {
    throw new TenureError({
      code: "TEN-RULE-041",
      what: "Nothing tells the scores that base weights are to be.",
      place: { path: "weights" },
      found,
      allowed,
      hint,
    });
  };
  if (closedLoops.length > 0) {
    refuse(
      "a closed loop",
      "weights: { from: scores } on a recorded or synthetic subnet",
      "In a closed loop skill, or what validators rate, is the base weight.",
    );
  }
  if (streams.some(({ kind }) => kind === "scores")) return;
  refuse(
    [...new Set(streams.map(({ kind }) => kind))].sort().join(", "),
    "a stream of kind scores",
    "Make a recording of scores (tenure import table --kind scores), or state them: synthetic: scores.",
  );
}

function refuseRule(rule: HoldingRuleConfiguration, path: string): void {
  requireParameters(MULTIPLIER_PARAMETERS, rule, path);
  if (typeof rule.rule !== "string") requireParameters(multiplierRuleOf(rule.rule).parameters, rule.rule.values, `${path}.with`);
  requireThat(isRao(rule.minimumStakeRao), "TEN-RULE-004", `${path}.minimum_stake`, rule.minimumStakeRao, `whole rao from 0 to ${MAX_RAO}`);
}

function refuseRedistribution(redistribution: RedistributionConfiguration, path: string): void {
  if (redistribution.kind !== "threshold") return;
  requireWithin(redistribution.relative, THRESHOLD_RANGE, "TEN-RULE-020", `${path}.relative`);
  requireWithin(redistribution.absolute, THRESHOLD_RANGE, "TEN-RULE-020", `${path}.absolute`);
}
