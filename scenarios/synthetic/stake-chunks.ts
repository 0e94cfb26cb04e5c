import { BLOCK_MS, type ColumnBatch, math, type RandomStream, STAKE_STREAM } from "../../engine/index.js";
import { Activity } from "./activity.js";
import { CHUNK_ROWS } from "./chunk-rows.js";
import { ChunkColumns } from "./columns.js";
import type { SyntheticContext } from "./context.js";
import { EpochClock } from "./epoch-clock.js";
import { logUniformAmounts } from "./log-uniform.js";
import type { AmountRange, SyntheticOptions } from "./options.js";
import { Pay } from "./pay.js";
import type { Population } from "./population.js";

const { ceil, min } = math;

/**
 * Opening stakes, then adds and removals in the order of time, each in an extrinsic of its own at a block after the start.
 * Every miner's balance is kept exactly, pay included, so that nobody removes more than it holds.
 */
export function* stakeChunks(options: SyntheticOptions, context: SyntheticContext, population: Population): Generator<ColumnBatch> {
  const events = new StakeEvents(options, context, population);
  const { rows } = events;
  for (let miner = 0; options.openingStake !== null && miner < population.count; miner++) {
    events.open(miner, options.openingStake);
    if (rows.isFull) yield rows.take();
  }
  while (events.fill()) yield rows.take();
  if (rows.count > 0) yield rows.take();
}

/** Who adds and removes how much, written as rows. */
class StakeEvents {
  readonly rows: StakeRows;
  private readonly heldRao: Float64Array;
  private readonly addSize: (random: RandomStream) => number;
  private readonly removeSize: (random: RandomStream) => number;
  private readonly activity: Activity;
  private readonly clock: EpochClock;
  private readonly pay: Pay;

  constructor(
    options: SyntheticOptions,
    private readonly context: SyntheticContext,
    private readonly population: Population,
  ) {
    this.rows = new StakeRows(options, context, population);
    this.heldRao = new Float64Array(population.count);
    this.addSize = logUniformAmounts(options.addSize);
    this.removeSize = logUniformAmounts(options.removeSize);
    this.activity = new Activity(options, population, context.startMs);
    this.clock = new EpochClock(context);
    this.pay = new Pay(options, context, population);
  }

  /** The stake of a miner at the start. */
  open(miner: number, range: AmountRange): void {
    this.heldRao[miner] = logUniformAmounts(range)(this.population.randomOf(miner, "opening"));
    this.rows.write(miner, 0, this.rows.added, this.heldRao[miner]);
  }

  /** Writes rows until the chunk is full; false at the end. */
  fill(): boolean {
    const { activity, rows } = this;
    const { startMs, endMs } = this.context;
    for (; activity.timeMs <= endMs; activity.advance()) {
      if (rows.isFull) return true;
      const block = ceil((activity.timeMs - startMs) / BLOCK_MS);
      const timeMs = startMs + block * BLOCK_MS;
      if (timeMs > endMs) return false;
      if (this.clock.endMs <= timeMs) this.payUntil(timeMs);
      this.happen(block);
    }
    return false;
  }

  /** Pay comes before the extrinsics of its block. */
  private payUntil(timeMs: number): void {
    for (; this.clock.endMs <= timeMs; this.clock.advance()) {
      this.pay.next(this.clock.blocks);
      this.pay.addTo(this.heldRao);
    }
  }

  /** What is next happens; a removal from nothing leaves no row. */
  private happen(block: number): void {
    const { activity, rows, heldRao } = this;
    const { miner, draw } = activity;
    const act = activity.act();
    if (act === "add") {
      const amountRao = this.addSize(draw);
      heldRao[miner] += amountRao;
      rows.write(miner, block, rows.added, amountRao);
      return;
    }
    const amountRao = act === "sweep" ? heldRao[miner] : min(this.removeSize(draw), heldRao[miner]);
    if (amountRao === 0) return;
    heldRao[miner] -= amountRao;
    rows.write(miner, block, rows.removed, amountRao);
  }
}

/** The rows of the current chunk. */
class StakeRows {
  count = 0;
  readonly added: number;
  readonly removed: number;
  private readonly columns = new ChunkColumns(STAKE_STREAM, CHUNK_ROWS);
  private readonly times = this.columns.real("time_ms");
  private readonly blocks = this.columns.int("block");
  private readonly extrinsics = this.columns.int("extrinsic");
  private readonly events = this.columns.int("event");
  private readonly actions = this.columns.choice("action");
  private readonly hotkeys = this.columns.int("hotkey");
  private readonly coldkeys = this.columns.int("coldkey");
  private readonly amounts = this.columns.real("amount_rao");
  /** Block of the last row, counted from the start, and its extrinsic. */
  private block = -1;
  private extrinsic = 0;

  constructor(
    private readonly options: SyntheticOptions,
    private readonly context: SyntheticContext,
    private readonly population: Population,
  ) {
    this.added = this.columns.code("action", "added");
    this.removed = this.columns.code("action", "removed");
    this.columns.int("netuid").fill(context.netuid);
  }

  get isFull(): boolean {
    return this.count === CHUNK_ROWS;
  }

  /** @param block counted from the start; never before the last row's */
  write(miner: number, block: number, action: number, amountRao: number): void {
    this.extrinsic = block === this.block ? this.extrinsic + 1 : 0;
    this.block = block;
    const row = this.count++;
    this.times[row] = this.context.startMs + block * BLOCK_MS;
    this.blocks[row] = this.options.firstBlock + block;
    this.extrinsics[row] = this.extrinsic;
    // Registrations are event 0 of the extrinsics of the first block.
    this.events[row] = 1;
    this.actions[row] = action;
    this.hotkeys[row] = this.population.hotkeys[miner];
    this.coldkeys[row] = this.population.coldkeys[miner];
    this.amounts[row] = amountRao;
  }

  take(): ColumnBatch {
    const rows = this.count;
    this.count = 0;
    return { declaration: STAKE_STREAM, rows, columns: this.columns.all };
  }
}
