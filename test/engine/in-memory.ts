import {
  AddressBook,
  allocateColumn,
  type ColumnBatch,
  RESULT_TABLES,
  type ResultTableName,
  type RunObservers,
  type SimulationConfiguration,
  type SimulationSummary,
  STREAMS,
  type StreamDescription,
  type StreamKind,
  simulate,
} from "../../engine/index.js";
import { nodeEd25519 } from "../../recorders/signatures/node-ed25519.js";

export const DAY = 86_400_000;
export const START = 1_700_000_000_000;

export const DEFAULTS: SimulationConfiguration = {
  name: "test",
  seed: 1,
  replicate: 0,
  startMs: START,
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
    mode: "on",
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
  record: { tables: Object.keys(RESULT_TABLES) as ResultTableName[], everyEpochs: 1 },
  index: null,
  closedLoops: [],
  handedOver: [],
  audit: false,
};

/** The defaults with some parts replaced, one level deep. */
export function configuration(
  changes: {
    readonly [K in keyof SimulationConfiguration]?: SimulationConfiguration[K] extends readonly unknown[] | string | number | boolean | null
      ? SimulationConfiguration[K]
      : Partial<SimulationConfiguration[K]> | null;
  },
): SimulationConfiguration {
  const merged: Record<string, unknown> = { ...DEFAULTS };
  for (const [key, value] of Object.entries(changes)) {
    const base = (DEFAULTS as unknown as Record<string, unknown>)[key];
    merged[key] =
      typeof value === "object" && value !== null && !Array.isArray(value) && typeof base === "object" && base !== null
        ? { ...base, ...value }
        : value;
  }
  return merged as unknown as SimulationConfiguration;
}

export type Row = Readonly<Record<string, number | string>>;

export interface MemoryStream {
  readonly kind: StreamKind;
  readonly rows: readonly Row[];
  readonly name?: string;
  readonly coverage?: StreamDescription["coverage"];
  readonly role?: StreamDescription["role"];
  /** Rows a chunk; everything in one when left out. */
  readonly chunk?: number;
}

export function describeStream(stream: MemoryStream): StreamDescription {
  return {
    name: stream.name ?? stream.kind,
    kind: stream.kind,
    coverage: stream.coverage ?? "subnet",
    role: stream.role ?? "miner",
    ...(stream.kind === "epoch_marks" ? { marked: [...new Set(stream.rows.map(({ netuid }) => Number(netuid)))] } : {}),
  };
}

/** Rows as chunks; addresses and choices are given by name, optional columns may be left out. */
export function* chunksOf(stream: MemoryStream, addresses: AddressBook): Generator<ColumnBatch> {
  const declaration = STREAMS[stream.kind];
  const size = stream.chunk ?? Math.max(1, stream.rows.length);
  for (let first = 0; first < stream.rows.length; first += size) {
    const rows = stream.rows.slice(first, first + size);
    const columns = declaration.columns.map((column) => {
      const array = allocateColumn(column.type, rows.length) as (number | string)[];
      rows.forEach((row, i) => {
        const value = row[column.name];
        if (value === undefined) {
          if (column.missing === undefined) throw new Error(`${stream.kind} row without ${column.name}`);
          array[i] = column.missing;
        } else if (column.type === "address" || column.type === "name") array[i] = addresses.intern(String(value));
        else if (column.type === "choice" && typeof value === "string") array[i] = (column.values ?? []).indexOf(value);
        else array[i] = value;
      });
      return array as unknown as ColumnBatch["columns"][number];
    });
    yield { declaration, rows: rows.length, columns };
  }
}

export interface MemoryRun {
  readonly summary: SimulationSummary;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

/** The warnings of a run but the one that it is shorter than the retention window, which most small runs are. */
export function otherWarnings(warnings: readonly string[]): readonly string[] {
  return warnings.filter((warning) => !/^No stake can be older than/.test(warning));
}

/** Runs the engine over rows in memory; choices come back by name. */
export function run(config: SimulationConfiguration, streams: readonly MemoryStream[], observers: RunObservers = {}): MemoryRun {
  const addresses = new AddressBook();
  const chunks = streams.map((stream) => chunksOf(stream, addresses));
  const tables: Record<string, Row[]> = {};
  const simulation = simulate(config, streams.map(describeStream), addresses, nodeEd25519, observers);
  let answer: ColumnBatch | undefined;
  for (;;) {
    const step = simulation.next(answer);
    answer = undefined;
    if (step.done === true) return { summary: step.value, tables };
    if (step.value.kind === "need") answer = chunks[step.value.stream].next().value ?? undefined;
    else if (step.value.kind === "batch") {
      tables[step.value.table] ??= [];
      tables[step.value.table].push(...rowsOf(step.value.batch));
    }
  }
}

export function rowsOf(batch: ColumnBatch): Row[] {
  return Array.from({ length: batch.rows }, (_, i) =>
    Object.fromEntries(
      batch.declaration.columns.map((column, c) => {
        const value = batch.columns[c][i];
        return [column.name, column.type === "choice" ? (column.values ?? [])[value as number] : value];
      }),
    ),
  );
}

/** An emission row on netuid 1. */
export function pay(timeMs: number, miner: string, amountRao: number, more: Row = {}): Row {
  return { time_ms: timeMs, netuid: 1, hotkey: miner, coldkey: `${miner}-owner`, amount_rao: amountRao, ...more };
}

/** A stake row on netuid 1. */
export function stake(timeMs: number, action: string, miner: string, amountRao: number, more: Row = {}): Row {
  return { time_ms: timeMs, action, netuid: 1, hotkey: miner, coldkey: `${miner}-owner`, amount_rao: amountRao, ...more };
}
