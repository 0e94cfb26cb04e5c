import type { SimulationConfiguration, StreamDescription } from "./configuration.js";
import { TenureError } from "./errors.js";
import { refuseIndexSubnet } from "./index-subnet/configuration-checks.js";

/** Refuses what no scenario can mean, whoever built the configuration. */
export function refuseConfiguration(configuration: SimulationConfiguration, streams: readonly StreamDescription[]): void {
  const { vesting, emission, schedules, index } = configuration;
  check(
    vesting.retentionTarget > 0 && vesting.retentionTarget <= 1,
    "TEN-RULE-001",
    "vesting.retention_target",
    vesting.retentionTarget,
    "above 0, at most 1",
  );
  check(vesting.retentionWindowDays > 0, "TEN-RULE-002", "vesting.retention_window_days", vesting.retentionWindowDays, "above 0");
  check(vesting.maxMultiplier >= 1, "TEN-RULE-003", "vesting.max_multiplier", vesting.maxMultiplier, "1 or more");
  check(vesting.minimumStakeRao >= 0, "TEN-RULE-004", "vesting.minimum_stake", vesting.minimumStakeRao, "0 or more");
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

function check(holds: boolean, code: string, path: string, found: number, allowed: string): void {
  if (!holds) throw new TenureError({ code, what: `${path} is out of range.`, place: { path }, found, allowed });
}
