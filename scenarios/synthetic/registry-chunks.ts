import { type ColumnBatch, REGISTRY_STREAM } from "../../engine/index.js";
import { ChunkColumns } from "./columns.js";
import type { SyntheticContext } from "./context.js";
import type { SyntheticOptions } from "./options.js";
import type { Population } from "./population.js";

/** Every miner is registered at the start, in uid order. */
export function* registryChunks(options: SyntheticOptions, context: SyntheticContext, population: Population): Generator<ColumnBatch> {
  const { count } = population;
  const columns = new ChunkColumns(REGISTRY_STREAM, count);
  columns.real("time_ms").fill(context.startMs);
  columns.int("block").fill(options.firstBlock);
  columns.int("event").fill(0);
  columns.choice("action").fill(columns.code("action", "registered"));
  columns.int("netuid").fill(context.netuid);
  columns.int("hotkey").set(population.hotkeys);
  columns.int("coldkey").set(population.coldkeys);
  for (let miner = 0; miner < count; miner++) {
    columns.int("extrinsic")[miner] = miner;
    columns.int("uid")[miner] = options.firstUid + miner;
  }
  yield { declaration: REGISTRY_STREAM, rows: count, columns: columns.all };
}
