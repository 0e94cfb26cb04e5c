import type { HoldingRuleConfiguration, SimulationConfiguration, StreamDescription } from "./configuration.js";
import { TenureError } from "./errors.js";
import { refuseIndexSubnet } from "./index-subnet/configuration-checks.js";

/** Refuses what no scenario can mean, whoever built the configuration. */
export function refuseConfiguration(configuration: SimulationConfiguration, streams: readonly StreamDescription[]): void {
  const { vesting, emission, schedules, index } = configuration;
  refuseRule(vesting, "vesting");
  if (emission.recordedRule !== null) refuseRule(emission.recordedRule, "emission.recorded_rule");
  if (schedules !== null) {
    check(schedules.durationMs > 0, "TEN-RULE-005", "schedules.duration_days", schedules.durationMs, "above 0");
    check(
      schedules.intervalMs > 0 && schedules.durationMs / schedules.intervalMs < 1_000_000,
      "TEN-RULE-006",
      "schedules.interval_days",
      schedules.intervalMs,
      "above 0, and at most a million intervals in duration_days",
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
  if (index !== null) refuseIndexSubnet(configuration, index);
  if (emission.mode === "redistribute" && emission.outside === null) {
    const partial = streams.find((stream) => stream.kind === "emission" && stream.coverage === "partial");
    if (partial !== undefined) {
      throw new TenureError({
        code: "TEN-RULE-008",
        what: "A stream that holds only part of a subnet cannot be redistributed: its pot is not the subnet's pot.",
        place: { path: "emission", stream: partial.name },
        found: "coverage: partial",
        allowed:
          "emission.outside: true (a pseudo-miner carries the rest), or coverage: subnet where the scenario's streams are the whole subnet",
        hint: "Add `outside: true` under emission (it takes everybody else to keep a multiplier of 1), or use emission: replay.",
      });
    }
  }
}

function refuseRule(rule: HoldingRuleConfiguration, path: string): void {
  const { retentionTarget, retentionWindowDays, maxMultiplier, minimumStakeRao } = rule;
  const targetHolds = retentionTarget > 0 && retentionTarget <= 1;
  check(targetHolds, "TEN-RULE-001", `${path}.retention_target`, retentionTarget, "above 0, at most 1");
  check(retentionWindowDays > 0, "TEN-RULE-002", `${path}.retention_window_days`, retentionWindowDays, "above 0");
  check(maxMultiplier >= 1, "TEN-RULE-003", `${path}.max_multiplier`, maxMultiplier, "1 or more");
  check(minimumStakeRao >= 0, "TEN-RULE-004", `${path}.minimum_stake`, minimumStakeRao, "0 or more");
}

function check(holds: boolean, code: string, path: string, found: number, allowed: string): void {
  if (!holds) throw new TenureError({ code, what: `${path} is out of range.`, place: { path }, found, allowed });
}
