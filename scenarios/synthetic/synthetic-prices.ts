import {
  type ColumnBatch,
  math,
  PRICE_STREAM,
  type PriceGap,
  priceModel,
  type RandomStream,
  randomStreams,
  ShockedPrices,
} from "../../engine/index.js";
import { blockAt } from "./block-numbers.js";
import { CHUNK_ROWS } from "./chunk-rows.js";
import { ChunkColumns } from "./columns.js";
import { drawLogUniform } from "./log-uniform.js";
import type { PriceOptions } from "./price-options.js";
import type { SyntheticStream } from "./synthetic-streams.js";

/** Where and when synthetic prices are made. */
export interface PriceContext {
  /** Name of the stream in the scenario. */
  readonly name: string;
  readonly seed: number;
  readonly replicate: number;
  /** Of the first sample. */
  readonly startMs: number;
  /** Included. */
  readonly endMs: number;
}

/**
 * Makes a price stream: a sample of every subnet at the start, then one every `sampleMs`, but for those that fall into a
 * gap. The same options, seed and replicate give the same rows on every machine.
 */
export function makeSyntheticPrices(options: PriceOptions, context: PriceContext): SyntheticStream {
  return {
    description: { name: `${context.name}/price`, kind: "price", coverage: "subnet", role: "miner" },
    chunks: { [Symbol.iterator]: () => priceChunks(options, context) },
  };
}

function* priceChunks(options: PriceOptions, context: PriceContext): Generator<ColumnBatch> {
  const { subnets, sampleMs, gaps, firstBlock } = options;
  const { startMs, endMs } = context;
  const random = randomStreams(context.seed, context.replicate);
  const prices = startPrices(options, random(`synthetic/${context.name}/start`));
  const model = priceModel(options.model, prices, sampleMs, random(`synthetic/${context.name}/moves`), null);
  const shocked = new ShockedPrices(model, options.shocks, startMs, sampleMs);
  const columns = new ChunkColumns(PRICE_STREAM, math.max(CHUNK_ROWS, subnets));
  const { all, capacity, declaration } = columns;
  const times = columns.real("time_ms");
  const blocks = columns.int("block");
  const netuids = columns.int("netuid");
  const values = columns.real("price_tao_per_alpha");
  let rows = 0;
  for (let timeMs = startMs; timeMs <= endMs; timeMs += sampleMs) {
    if (timeMs > startMs) shocked.step(prices);
    if (rows + subnets > capacity) {
      yield { declaration, rows, columns: all };
      rows = 0;
    }
    const block = blockAt(timeMs, startMs, firstBlock);
    const open = gaps.filter((gap) => timeMs > gap.fromMs && timeMs <= gap.fromMs + gap.durationMs);
    for (let subnet = 0; subnet < subnets; subnet++) {
      if (open.length > 0 && isMissing(open, subnet + 1)) continue;
      times[rows] = timeMs;
      blocks[rows] = block;
      netuids[rows] = subnet + 1;
      values[rows] = prices[subnet];
      rows += 1;
    }
  }
  if (rows > 0) yield { declaration, rows, columns: all };
}

function startPrices({ subnets, startPrice }: PriceOptions, random: RandomStream): Float64Array {
  return Float64Array.from({ length: subnets }, () => drawLogUniform(random, startPrice.from, startPrice.to));
}

function isMissing(gaps: readonly PriceGap[], netuid: number): boolean {
  return gaps.some(({ netuids }) => netuids === null || netuids.includes(netuid));
}
