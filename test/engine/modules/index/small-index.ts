import {
  type AmountRange,
  DEFAULT_CONSENSUS,
  DEFAULT_INDEX_FUND,
  DEFAULT_INDEX_SUBNET,
  DEFAULT_PARTICIPANT,
  DEFAULT_REWARDS,
  type IndexSubnetConfiguration,
  type ParticipantGroup,
  type SimulationConfiguration,
  type ValidatorGroup,
} from "../../../../engine/index.js";
import { configuration, type MemoryRun, type MemoryStream, type Row, run } from "../../in-memory.js";

export const TAO = 1_000_000_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
export const SAMPLE = 120_000;
/** A midnight. */
export const START = 20_345 * DAY;
export const NETUIDS = [1, 4, 64] as const;

export const exactly = (tokens: number): AmountRange => ({ fromRao: tokens * TAO, toRao: tokens * TAO, spread: "uniform" });
export const between = (from: number, to: number): AmountRange => ({ fromRao: from * TAO, toRao: to * TAO, spread: "log_uniform" });

export function traders(name: string, count: number, changes: Partial<ParticipantGroup> = {}): ParticipantGroup {
  return {
    name,
    count,
    tao: between(50, 500),
    tokens: exactly(0),
    configuration: { ...DEFAULT_PARTICIPANT, minTransactionSizeRao: TAO, maxTransactionSizeRao: 50 * TAO, transactionCostRao: 1_000_000 },
    transactionCost: null,
    owner: null,
    withdrawnShare: 0,
    ...changes,
  };
}

export function validators(name: string, count: number, behaviour: ValidatorGroup["behaviour"], stake = 5_000): ValidatorGroup {
  return { name, count, stake: exactly(stake), behaviour };
}

export const INDEX: IndexSubnetConfiguration = {
  ...DEFAULT_INDEX_SUBNET,
  netuid: 20,
  fund: { ...DEFAULT_INDEX_FUND, constituents: 2 },
  founding: {
    supplyRao: 20_000 * TAO,
    source: "given",
    weights: [
      { netuid: 64, weight: 0.5 },
      { netuid: 4, weight: 0.3 },
      { netuid: 1, weight: 0.2 },
    ],
  },
  rebalancing: "never",
  market: {
    kind: "pool",
    pool: { fee: 0.003 },
    taoReserveRao: 2_000 * TAO,
    noiseTraders: {
      count: 5,
      tao: exactly(1_000),
      tokens: exactly(1_000),
      configuration: { tradeProbability: 0.2, persistence: 0.5, meanSizeRao: 5 * TAO, maxSizeRao: 50 * TAO },
    },
  },
  participants: [traders("small", 3), traders("large", 2, { tao: between(1_000, 5_000) })],
  validators: [
    validators("honest", 4, { kind: "honest" }),
    validators("stale", 1, { kind: "stale", lagEpochs: 3, attests: "current_block" }),
    validators("falsifier", 1, { kind: "falsifier", navError: 0.05, falsifiedShare: 0.5 }),
  ],
  rewards: DEFAULT_REWARDS,
  consensus: DEFAULT_CONSENSUS,
  vestingMultipliers: false,
  record: { pricesEverySamples: 1, navEverySamples: 1 },
};

/** Prices of the three subnets that wander a little, sampled every two minutes; the hole is left out. */
export function prices(hours: number, hole: (timeMs: number) => boolean = () => false): MemoryStream {
  const rows: Row[] = [];
  for (let sample = 0; sample * SAMPLE <= hours * HOUR; sample++) {
    const time_ms = START + sample * SAMPLE;
    if (hole(time_ms)) continue;
    NETUIDS.forEach((netuid, i) => {
      const wave = 1 + 0.02 * ((((sample + 7 * i) * 37) % 101) / 101 - 0.5) + 0.01 * (((sample * (i + 1)) % 700) / 700);
      rows.push({ time_ms, block: Math.floor(time_ms / 12_000), netuid, price_tao_per_alpha: 0.05 * (i + 1) * wave });
    });
  }
  return { kind: "price", rows, chunk: 1_000 };
}

type Changes = Parameters<typeof configuration>[0];

export function scenario(index: Partial<IndexSubnetConfiguration> = {}, changes: Changes = {}): SimulationConfiguration {
  const { index: _, ...rest } = changes;
  return { ...configuration({ startMs: START, ...rest }), index: { ...INDEX, ...index } };
}

export function runIndex(
  index: Partial<IndexSubnetConfiguration> = {},
  streams: readonly MemoryStream[] = [prices(6)],
  changes: Changes = {},
): MemoryRun {
  return run(scenario(index, changes), streams);
}

/** Rows of a table; none where nothing was written. */
export function rowsOf({ tables }: MemoryRun, name: string): readonly Row[] {
  return tables[name] ?? [];
}

export const sum = (rows: readonly Row[], column: string): bigint => rows.reduce((total, row) => total + BigInt(Number(row[column])), 0n);
