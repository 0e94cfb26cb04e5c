import type { BaseWeightsConfiguration } from "./base-weights-configuration.js";
import type { EmissionConfiguration } from "./emission-configuration.js";
import type { LedgerConfiguration } from "./ledger-configuration.js";
import type { RecordConfiguration } from "./record-configuration.js";
import type { ScheduleConfiguration } from "./schedule-configuration.js";
import type { StageListConfiguration } from "./stage-list-configuration.js";
import type { SubnetConfiguration } from "./subnet-configuration.js";
import type { VestingConfiguration } from "./vesting-configuration.js";

/** What every run is told, whatever modules it has: plain data, every default filled in. */
export interface RunConfiguration {
  readonly name: string;
  readonly seed: number;
  readonly replicate: number;
  readonly startMs: number;
  /** Events after it are not read; null: until the streams end. */
  readonly endMs: number | null;
  /** Applied to every netuid the streams hold that `subnets` does not name. */
  readonly subnetDefaults: Omit<SubnetConfiguration, "netuid">;
  readonly subnets: readonly SubnetConfiguration[];
  /** `emission`: an epoch ends at each instant that pays anybody, miner or not; `tempo`: at start + k * tempo * 12 s. */
  readonly epochs: "emission" | "tempo";
  readonly ledger: LedgerConfiguration;
  readonly vesting: VestingConfiguration;
  /** What base weights are made by: of what validators set (docs/explanation/yuma.md), or of scores; null: by nothing of the kind. */
  readonly weights: BaseWeightsConfiguration | null;
  /** From base weights to shares (docs/explanation/stages.md); null: by the rule that `vesting` states. */
  readonly stages: StageListConfiguration | null;
  readonly emission: EmissionConfiguration;
  readonly schedules: ScheduleConfiguration | null;
  /** How `metagraph` and `balances` snapshots are taken (docs/explanation/registry.md). */
  readonly snapshots: "auto" | "update" | "force";
  readonly record: RecordConfiguration;
  /** Checks every position against its totals after every event; slow. */
  readonly audit: boolean;
}
