import { setImmediate } from "node:timers/promises";
import type { ColumnBatch, Simulation, SimulationSummary } from "../../engine/index.js";
import type { ResultSink } from "../results/result-writer.js";

/** Hands out the rows of one stream, in order. A chunk must stay as it is until the next one is asked for. */
export interface ChunkSource {
  /** The next rows; `undefined` at the end. */
  next(): Promise<ColumnBatch | undefined> | ColumnBatch | undefined;
  /** Frees what the source holds. */
  close?(): Promise<void> | void;
}

export interface DriveProgress {
  /** Simulated time. */
  readonly timeMs: number;
  /** Events so far. */
  readonly events: number;
}

export interface DriveOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DriveProgress) => void) | undefined;
}

/** How long the engine may run before signals and timers get their turn. */
const TURN_MS = 50;

/**
 * Drives a simulation to its end: answers what it needs from `sources`, gives what it makes to `sink` and waits for it,
 * so that nothing accumulates. Throws the signal's reason when it is stopped.
 */
export async function drive(
  simulation: Pick<Simulation, "next">,
  sources: readonly ChunkSource[],
  sink: ResultSink,
  options: DriveOptions = {},
): Promise<SimulationSummary> {
  let answer: ColumnBatch | undefined;
  let turnEndsMs = performance.now() + TURN_MS;
  for (;;) {
    options.signal?.throwIfAborted();
    const step = simulation.next(answer);
    answer = undefined;
    if (step.done === true) return step.value;
    switch (step.value.kind) {
      case "need": {
        const chunk = sources[step.value.stream].next();
        answer = chunk instanceof Promise ? await chunk : chunk;
        break;
      }
      case "batch": {
        const written = sink.append(step.value.table, step.value.batch);
        if (written !== undefined) await written;
        break;
      }
      case "progress":
        options.onProgress?.({ timeMs: step.value.timeMs, events: step.value.events });
        break;
    }
    if (performance.now() >= turnEndsMs) {
      await setImmediate();
      turnEndsMs = performance.now() + TURN_MS;
    }
  }
}
