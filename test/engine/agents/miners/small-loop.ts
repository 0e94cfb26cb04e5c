import {
  type AlphaMarketConfiguration,
  type ClosedLoopConfiguration,
  DEFAULT_CLOSED_LOOP,
  defaultMinerStrategy,
  type MinerGroup,
  type MinerStrategyConfiguration,
  type MinerStrategyName,
  type RatingGroup,
  type RatingStrategyConfiguration,
  type SimulationConfiguration,
} from "../../../../engine/index.js";
import { configuration, type MemoryRun, type MemoryStream, type Row, run } from "../../in-memory.js";

export const TOKEN = 1_000_000_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A midnight, of a Thursday. */
export const START = 20_454 * DAY;
/** Of the tests' subnet: 300 blocks of 12 s. */
export const EPOCH = HOUR;
export const NETUID = 7;

const exactly = (tokens: number) => ({
  fromRao: Math.round(tokens * TOKEN),
  toRao: Math.round(tokens * TOKEN),
  spread: "uniform" as const,
});

type Parameters<K extends MinerStrategyName> = Omit<Extract<MinerStrategyConfiguration, { readonly kind: K }>, "kind">;

/** A strategy with its defaults, but for what is stated. */
export function strategy<K extends MinerStrategyName>(kind: K, changes: Partial<Parameters<K>> = {}): MinerStrategyConfiguration {
  return { ...defaultMinerStrategy(kind), ...changes } as MinerStrategyConfiguration;
}

interface GroupChanges extends Partial<Omit<MinerGroup, "name" | "strategy" | "stake" | "tao" | "skill">> {
  readonly stake?: number;
  readonly tao?: number;
  readonly skill?: number;
}

export function group(name: string, acts: MinerStrategyConfiguration, changes: GroupChanges = {}): MinerGroup {
  const { stake = 10, tao = 0, skill = 1, ...rest } = changes;
  return {
    name,
    count: 1,
    strategy: acts,
    skill: { from: skill, to: skill },
    stake: exactly(stake),
    tao: exactly(tao),
    priority: 1,
    arrivesAfter: { fromMs: 0, toMs: 0 },
    registersAgain: false,
    isForSale: false,
    ...rest,
  };
}

export const POOL: AlphaMarketConfiguration = {
  kind: "pool",
  pool: { fee: 0.0005 },
  taoReserveRao: 2_000 * TOKEN,
  alphaReserveRao: 40_000 * TOKEN,
  taoRaoPerBlock: 0,
  feedback: null,
};

/** Validators of equal stake, unless stated. */
export function validators(name: string, behaviour: RatingStrategyConfiguration, stake = 10, count = 1): RatingGroup {
  return { name, count, stake: exactly(stake), behaviour };
}

/** Who colludes needs somebody to collude with. */
const COLLUDING = [validators("honest", { kind: "honest", deviation: 0 }), validators("colluding", { kind: "colluder", deviation: 0 })];

/** Skill stays as it is and a block pays one alpha, unless stated. */
export function loop(miners: readonly MinerGroup[], changes: Partial<ClosedLoopConfiguration> = {}): ClosedLoopConfiguration {
  return {
    ...DEFAULT_CLOSED_LOOP,
    netuid: NETUID,
    emission: { kind: "schedule", minerPotRaoPerBlock: TOKEN, halvesEveryMs: null },
    skill: { halfLifeMs: 14 * DAY, deviation: 0 },
    market: POOL,
    miners,
    validators: miners.some(({ strategy: { kind } }) => kind === "collude") ? COLLUDING : [],
    alternative: null,
    ...changes,
  };
}

export type RunChanges = globalThis.Parameters<typeof configuration>[0];

export function scenario(closedLoop: ClosedLoopConfiguration, epochs: number, changes: RunChanges = {}): SimulationConfiguration {
  return configuration({
    startMs: START,
    endMs: START + epochs * EPOCH,
    subnets: [{ netuid: NETUID, tempoBlocks: 300, capacity: 256, immunityMs: 0 }],
    closedLoops: [closedLoop],
    audit: true,
    ...changes,
  });
}

/** The run, and what of its tables is about whom. */
export class LoopRun {
  readonly run: MemoryRun;
  readonly #agents = new Map<string, Row>();

  constructor(closedLoop: ClosedLoopConfiguration, epochs: number, changes: RunChanges = {}, streams: readonly MemoryStream[] = []) {
    this.run = run(scenario(closedLoop, epochs, changes), streams);
    for (const row of this.rows("agents")) this.#agents.set(String(row.name), row);
  }

  rows(table: string): readonly Row[] {
    return this.run.tables[table] ?? [];
  }

  /** Its row of the table `agents`. */
  agent(name: string): Row {
    const row = this.#agents.get(name);
    if (row === undefined) throw new Error(`no agent ${name}`);
    return row;
  }

  orders(name: string, kind?: string): readonly Row[] {
    const { agent } = this.agent(name);
    return this.rows("agent_orders").filter((row) => row.agent === agent && (kind === undefined || row.kind === kind));
  }

  /** Orders that were refused. */
  refused(): readonly Row[] {
    return this.rows("agent_orders").filter(({ refusal }) => refusal !== "none");
  }

  /** Ids of all positions that were ever its, by its name as coldkey. */
  positions(name: string): readonly number[] {
    return this.rows("positions")
      .filter(({ coldkey }) => coldkey === name)
      .map(({ position }) => Number(position));
  }

  /** What was measured of a position at the end of each epoch. */
  holdings(position: number): readonly Row[] {
    return this.rows("holdings").filter((row) => row.position === position);
  }

  /** What a position was paid at the end of each epoch. */
  pay(position: number): readonly number[] {
    return this.rows("rewards")
      .filter((row) => row.position === position)
      .map(({ paid_rao }) => Number(paid_rao));
  }
}

/** Prices of the subnet, one every so long from the start on. */
export function prices(values: readonly number[], everyMs = EPOCH): MemoryStream {
  return {
    kind: "price",
    rows: values.map((price, i) => {
      const time_ms = START + i * everyMs;
      return { time_ms, block: Math.floor(time_ms / 12_000), netuid: NETUID, price_tao_per_alpha: price };
    }),
  };
}

export const sum = (rows: readonly Row[], column: string): number => rows.reduce((total, row) => total + Number(row[column]), 0);
