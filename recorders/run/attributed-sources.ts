import {
  type AddressBook,
  type AttributionFigures,
  type AttributionOptions,
  type AttributionStep,
  attributeEmission,
  type ColumnArray,
  type ColumnBatch,
  type StreamDescription,
} from "../../engine/index.js";
import type { ChunkSource } from "./drive.js";

/**
 * The emission and completed stake streams of recordings that have balances, made by the engine's attribution while they
 * are read. Both come from one walk over the recordings; what one of them is ahead of the other waits here.
 */
export class AttributedSources {
  readonly emission: ChunkSource;
  readonly stake: ChunkSource;
  /** Known once both streams have ended. */
  figures: AttributionFigures | null = null;
  readonly #attribution: Generator<AttributionStep, AttributionFigures, ColumnBatch | undefined>;
  readonly #waiting: Readonly<Record<"emission" | "stake", ColumnBatch[]>> = { emission: [], stake: [] };
  #answer: ColumnBatch | undefined;

  /**
   * @param streams the stake streams (if any) and the balances streams, in the order of the scenario
   * @param sources their rows, in the same order; closed with `close`
   */
  constructor(
    streams: readonly StreamDescription[],
    private readonly sources: readonly ChunkSource[],
    addresses: AddressBook,
    options: AttributionOptions = {},
  ) {
    this.#attribution = attributeEmission(streams, addresses, options);
    this.emission = { next: () => this.#next("emission"), close: () => this.#close() };
    this.stake = { next: () => this.#next("stake") };
  }

  async #next(kind: "emission" | "stake"): Promise<ColumnBatch | undefined> {
    for (;;) {
      const waiting = this.#waiting[kind].shift();
      if (waiting !== undefined || this.figures !== null) return waiting;
      const step = this.#attribution.next(this.#answer);
      this.#answer = undefined;
      if (step.done === true) this.figures = step.value;
      else if (step.value.kind === "need") this.#answer = await this.sources[step.value.stream].next();
      else this.#waiting[step.value.kind].push(copyOf(step.value.batch));
    }
  }

  async #close(): Promise<void> {
    for (const source of this.sources) await source.close?.();
  }
}

/** The attribution fills its arrays again, so what waits is a copy. */
function copyOf(batch: ColumnBatch): ColumnBatch {
  return { ...batch, columns: batch.columns.map((column): ColumnArray => column.slice(0, batch.rows)) };
}
