import type { ColumnBatch, StreamDescription } from "../../engine/index.js";
import type { SyntheticContext } from "./context.js";
import { emissionChunks } from "./emission-chunks.js";
import type { SyntheticOptions } from "./options.js";
import { makePopulation, type Population } from "./population.js";
import { registryChunks } from "./registry-chunks.js";
import { stakeChunks } from "./stake-chunks.js";

/** A made stream: what it is, and its rows. */
export interface SyntheticStream {
  readonly description: StreamDescription;
  /**
   * The rows, in chunks, in the order of time; may be walked any number of times and always gives the same. A walk fills the
   * same arrays again, so a chunk is good until the next is asked for.
   */
  readonly chunks: Iterable<ColumnBatch>;
}

type Maker = (options: SyntheticOptions, context: SyntheticContext, population: Population) => Iterable<ColumnBatch>;

/**
 * Makes the streams of a synthetic subnet: registrations (if asked for), stake events and emission. The same options, seed
 * and replicate give the same rows on every machine. Memory is bounded by the number of miners, not by the length.
 * @throws TenureError `TEN-SCENARIO-013`, while chunks are taken, for a pot above 2^53 - 1 rao
 */
export function makeSyntheticStreams(options: SyntheticOptions, given: SyntheticContext): SyntheticStream[] {
  // Walked once for each stream, and again for each walk.
  const context = { ...given, epochEndsMs: given.epochEndsMs === undefined ? undefined : Float64Array.from(given.epochEndsMs) };
  const population = makePopulation(options, context);
  const stream = (kind: StreamDescription["kind"], make: Maker): SyntheticStream => ({
    description: { name: `${context.name}/${kind}`, kind, coverage: options.coverage, role: "miner" },
    chunks: { [Symbol.iterator]: () => make(options, context, population)[Symbol.iterator]() },
  });
  return [
    ...(options.registry ? [stream("registry", registryChunks)] : []),
    stream("stake", stakeChunks),
    stream("emission", emissionChunks),
  ];
}
