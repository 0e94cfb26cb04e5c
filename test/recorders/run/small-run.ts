import {
  AddressBook,
  allocateColumn,
  type ColumnBatch,
  DAY_MS,
  RESULT_TABLE_NAMES,
  type SimulationConfiguration,
  STREAMS,
  type StreamDescription,
  type StreamKind,
} from "../../../engine/index.js";
import type { ChunkSource } from "../../../recorders/run/drive.js";
import type { PreparedRun } from "../../../recorders/run/prepared-run.js";

export const START_MS = 1_700_000_000_000;
const EPOCH_MS = 4_320_000;

/** A chunk from rows; columns that a row leaves out get the declared `missing` value, or 0. */
export function chunkOf(kind: StreamKind, rows: readonly Readonly<Record<string, number>>[]): ColumnBatch {
  const declaration = STREAMS[kind];
  const columns = declaration.columns.map((column) => {
    const values = allocateColumn(column.type, rows.length) as Float64Array;
    rows.forEach((row, index) => {
      values[index] = row[column.name] ?? column.missing ?? (column.type === "address" ? -1 : 0);
    });
    return values;
  });
  return { declaration, rows: rows.length, columns };
}

function sourceOf(chunks: readonly ColumnBatch[], onChunk?: (index: number) => void): ChunkSource {
  let next = 0;
  return {
    next: () => {
      onChunk?.(next);
      return chunks[next++];
    },
  };
}

const CONFIGURATION: SimulationConfiguration = {
  name: "small",
  seed: 1,
  replicate: 0,
  startMs: START_MS,
  endMs: null,
  subnetDefaults: { tempoBlocks: 360, capacity: 256, immunityMs: 0 },
  subnets: [],
  epochs: "emission",
  ledger: {
    withdrawalOrder: "filo",
    equalTimes: "later_first",
    moves: "neutral_within_subnet",
    pairMoves: false,
    onInvalid: "record",
    ownerGroups: [],
  },
  vesting: {
    rule: "geometric",
    retentionTarget: 0.9,
    retentionWindowDays: 30,
    maxMultiplier: 1.5,
    amountTiers: [],
    timeTiers: [],
    mode: "shadow",
    startMs: null,
    minimumStakeRao: 0,
    minimumStakeUnit: "alpha",
    retentionBasis: "emissions",
    retentionScope: "lifetime",
    rounding: "exact",
    keyScope: "hotkey",
    belowMinimum: "no_bonus",
    redistribution: { kind: "proportional" },
  },
  emission: { mode: "replay", recordedRule: null, outside: null, withdrawals: "same_tranches" },
  weights: null,
  stages: null,
  schedules: null,
  snapshots: "auto",
  record: { tables: RESULT_TABLE_NAMES, everyEpochs: 1 },
  index: null,
  closedLoops: [],
  handedOver: [],
  audit: false,
};

export interface SmallRunOptions {
  readonly epochs?: number;
  readonly onInvalid?: SimulationConfiguration["ledger"]["onInvalid"];
  readonly record?: SimulationConfiguration["record"];
  /** Told before each emission chunk is handed out. */
  readonly onChunk?: (index: number) => void;
}

/** Three miners are paid every epoch; one sells now and then, once more than it has. */
export function smallRun({
  epochs = 100,
  onInvalid = "record",
  record = CONFIGURATION.record,
  onChunk,
}: SmallRunOptions = {}): PreparedRun {
  const addresses = new AddressBook();
  const keys = [0, 1, 2].map((miner) => ({ hotkey: addresses.intern(`hotkey-${miner}`), coldkey: addresses.intern(`coldkey-${miner}`) }));
  const emission: ColumnBatch[] = [];
  const stake: Record<string, number>[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const time_ms = START_MS + epoch * EPOCH_MS;
    emission.push(
      chunkOf(
        "emission",
        keys.map((key, uid) => ({ ...key, time_ms, block: epoch * 360, netuid: 1, uid, amount_rao: 1_000_000_000 * (uid + 1) + epoch })),
      ),
    );
    if (epoch % 10 === 0)
      stake.push({
        ...keys[0],
        time_ms: time_ms + 12_000,
        block: epoch * 360 + 1,
        extrinsic: 1,
        event: 1,
        action: 1,
        netuid: 1,
        amount_rao: 3_000_000_000,
      });
  }
  stake.push({
    ...keys[1],
    time_ms: START_MS + epochs * EPOCH_MS + 24_000,
    block: epochs * 360 + 2,
    extrinsic: 1,
    event: 1,
    action: 1,
    netuid: 1,
    amount_rao: 9_000_000_000_000,
  });
  const streams: StreamDescription[] = [
    { name: "made/emission", kind: "emission", coverage: "subnet", role: "miner" },
    { name: "made/stake", kind: "stake", coverage: "subnet", role: "miner" },
  ];
  return {
    name: "small",
    resolved: { name: "small", epochs },
    configuration: { ...CONFIGURATION, ledger: { ...CONFIGURATION.ledger, onInvalid }, record },
    streams,
    sources: [sourceOf(emission, onChunk), sourceOf([chunkOf("stake", stake)])],
    addresses,
    inputs: [{ stream: "made/emission", source: "synthetic", kind: "emission" }],
    rules: [],
    lastMs: START_MS + epochs * EPOCH_MS + DAY_MS,
    outsideWindow: [],
    warnings: () => [],
  };
}
