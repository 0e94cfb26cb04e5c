import { type ColumnBatch, EMISSION_STREAM, math } from "../../engine/index.js";
import { blockAt } from "./block-numbers.js";
import { CHUNK_ROWS } from "./chunk-rows.js";
import { ChunkColumns } from "./columns.js";
import type { SyntheticContext } from "./context.js";
import { EpochClock } from "./epoch-clock.js";
import type { SyntheticOptions } from "./options.js";
import { Pay } from "./pay.js";
import type { Population } from "./population.js";

const { floor, max } = math;

/** An emission for each miner at the end of every epoch. A chunk holds whole epochs, so who is paid is written only once. */
export function* emissionChunks(options: SyntheticOptions, context: SyntheticContext, population: Population): Generator<ColumnBatch> {
  const { count } = population;
  const columns = new ChunkColumns(EMISSION_STREAM, max(1, floor(CHUNK_ROWS / count)) * count);
  const { all, capacity, declaration } = columns;
  const times = columns.real("time_ms");
  const blocks = columns.int("block");
  const amounts = columns.real("amount_rao");
  columns.int("netuid").fill(context.netuid);
  columns.choice("role").fill(columns.code("role", "miner"));
  for (let row = 0; row < capacity; row += count) {
    columns.int("hotkey").set(population.hotkeys, row);
    columns.int("coldkey").set(population.coldkeys, row);
    for (let miner = 0; miner < count; miner++) columns.int("uid")[row + miner] = options.firstUid + miner;
  }
  const pay = new Pay(options, context, population);
  const clock = new EpochClock(context);
  let rows = 0;
  for (; clock.endMs !== Number.POSITIVE_INFINITY; clock.advance()) {
    pay.next(clock.blocks);
    times.fill(clock.endMs, rows, rows + count);
    blocks.fill(blockAt(clock.endMs, context.startMs, options.firstBlock), rows, rows + count);
    amounts.set(pay.amountRao, rows);
    rows += count;
    if (rows === capacity) {
      yield { declaration, rows, columns: all };
      rows = 0;
    }
  }
  if (rows > 0) yield { declaration, rows, columns: all };
}
