import type { IndexSubnetConfiguration } from "./index-subnet/configuration.js";
import type { ResultTableName } from "./tables/results.js";
import type { Role, StreamKind } from "./tables/streams.js";

/** Which tranche a withdrawal takes first (mechanisms 3). */
export const WITHDRAWAL_ORDERS = ["filo", "fifo", "manual_first", "emission_first", "pro_rata"] as const;
export type WithdrawalOrder = (typeof WITHDRAWAL_ORDERS)[number];

export interface LedgerConfiguration {
  readonly withdrawalOrder: WithdrawalOrder;
  /** Among tranches of one entry time `filo` takes the later event first, or the earlier. */
  readonly equalTimes: "later_first" | "earlier_first";
  readonly moves: "neutral_within_subnet" | "strict";
  /** Joins a removal and an addition of one coldkey in one extrinsic into a move. */
  readonly pairMoves: boolean;
  readonly onInvalid: "record" | "clamp" | "stop";
  /** Coldkeys of one owner: a transfer inside a group is a move. */
  readonly ownerGroups: readonly (readonly string[])[];
}

export const MULTIPLIER_RULES = ["geometric", "tiered", "linear_retention"] as const;
export type MultiplierRuleName = (typeof MULTIPLIER_RULES)[number];

export interface Tier {
  /** Inclusive lower bound: a share (0..1) or days. */
  readonly atLeast: number;
  /** Value of the tier, 1 or more. */
  readonly value: number;
}

export interface MultiplierRuleConfiguration {
  readonly rule: MultiplierRuleName;
  /** In (0, 1]. */
  readonly retentionTarget: number;
  /** Above 0. */
  readonly retentionWindowDays: number;
  /** 1 or more. */
  readonly maxMultiplier: number;
  readonly amountTiers: readonly Tier[];
  readonly timeTiers: readonly Tier[];
}

/** A multiplier rule, and how the holdings that it is asked about are measured (mechanisms 4 and 5). */
export interface HoldingRuleConfiguration extends MultiplierRuleConfiguration {
  /** Nothing that entered at or before it earns a multiplier; null: from the beginning. */
  readonly startMs: number | null;
  /** Rao (of alpha or TAO, by `minimumStakeUnit`). */
  readonly minimumStakeRao: number;
  readonly minimumStakeUnit: "alpha" | "tao";
  readonly retentionBasis: "emissions" | "all_stake";
  readonly retentionScope: "lifetime" | "window";
  readonly rounding: "exact" | "whole_days";
  readonly keyScope: "hotkey" | "coldkey_even";
}

export interface VestingConfiguration extends HoldingRuleConfiguration {
  readonly mode: "on" | "shadow" | "off";
  readonly belowMinimum: "no_bonus" | "zero";
  readonly redistribution: RedistributionConfiguration;
}

export type RedistributionConfiguration =
  | { readonly kind: "proportional" }
  | {
      readonly kind: "threshold";
      /** Share of the base weight below which a miner is zeroed. */
      readonly relative: number;
      readonly absolute: number;
    };

export interface EmissionConfiguration {
  readonly mode: "replay" | "redistribute";
  /** The rule under which the recording was made: its multiplier of the recorded holdings is divided out; null: none. */
  readonly recordedRule: HoldingRuleConfiguration | null;
  /** A pseudo-miner carries what the streams do not hold of the miners' pot; null: the streams hold the whole subnet. */
  readonly outside: { readonly minerPotRaoPerBlock: number } | null;
  /** How recorded withdrawals apply where balances differ from the recorded ones. */
  readonly withdrawals: "same_tranches" | "proportional" | "absolute";
}

export interface ScheduleConfiguration {
  readonly durationMs: number;
  readonly intervalMs: number;
  readonly minVestingAmountRao: number;
}

export interface SubnetConfiguration {
  readonly netuid: number;
  readonly tempoBlocks: number;
  /** Uids; a full subnet prunes. */
  readonly capacity: number;
  readonly immunityMs: number;
}

export interface RecordConfiguration {
  /** Tables to write; `positions` and `epochs` always are. */
  readonly tables: readonly ResultTableName[];
  /** holdings, weights, rewards and coldkeys are written every so many epochs (the last epoch of a run always). */
  readonly everyEpochs: number;
}

/** A scenario as the engine takes it: plain data, every default filled in. */
export interface SimulationConfiguration {
  readonly name: string;
  readonly seed: number;
  readonly replicate: number;
  readonly startMs: number;
  /** Events after it are not read; null: until the streams end. */
  readonly endMs: number | null;
  /** Applied to every netuid the streams hold that `subnets` does not name. */
  readonly subnetDefaults: Omit<SubnetConfiguration, "netuid">;
  readonly subnets: readonly SubnetConfiguration[];
  /** `emission`: an epoch ends at each instant that pays a miner; `tempo`: at start + k * tempo * 12 s. */
  readonly epochs: "emission" | "tempo";
  readonly ledger: LedgerConfiguration;
  readonly vesting: VestingConfiguration;
  readonly emission: EmissionConfiguration;
  readonly schedules: ScheduleConfiguration | null;
  /** How `metagraph` and `balances` snapshots are taken (mechanisms 9). */
  readonly snapshots: "auto" | "update" | "force";
  readonly record: RecordConfiguration;
  /** An index subnet beside what is recorded; null: none. */
  readonly index: IndexSubnetConfiguration | null;
  /** Checks every position against its totals after every event; slow. */
  readonly audit: boolean;
}

/** A stream the engine will ask chunks of. */
export interface StreamDescription {
  /** Name shown in errors, e.g. `mining/balances`. */
  readonly name: string;
  readonly kind: StreamKind;
  /** Does it hold the whole subnet, or only some positions of it? */
  readonly coverage: "subnet" | "partial";
  /** The role that attributed emission (kind `balances`) is booked under. */
  readonly role: Role;
}
