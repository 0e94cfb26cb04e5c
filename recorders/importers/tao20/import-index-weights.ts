import * as z from "zod";
import { TenureError } from "../../../engine/index.js";
import { type JsonValue, type RecordingWriter, StreamRows } from "../../streams/index.js";
import { takeShape, takeTime } from "../input-values.js";
import { checkDate } from "./price-samples.js";
import type { DayFile } from "./tao20-files.js";

/** How far the weights may sum from 1 before it is worth a note. */
const SUM_TOLERANCE = 1e-9;

const indexSchema = z.object({
  metadata: z.object({ rebalance_date: z.string(), generation_timestamp: z.string().nullish() }),
  tao20_constituents: z
    .array(
      z.object({
        netuid: z.int().min(0).max(65_535),
        rank: z.int().min(1),
        avg_emission_rate: z.number().min(0),
        weight: z.number().min(0),
      }),
    )
    .min(1),
});

/** Writes the `index_weights` stream, a published composition a file. */
export class IndexWeightImport {
  readonly #rows: StreamRows;
  readonly #unnormalised: string[] = [];
  readonly #datedOnly: string[] = [];
  readonly netuids = new Set<number>();
  #lastMs = -1;
  #compositions = 0;

  private constructor(rows: StreamRows) {
    this.#rows = rows;
  }

  static async start(recording: RecordingWriter): Promise<IndexWeightImport> {
    return new IndexWeightImport(new StreamRows(await recording.stream("index_weights")));
  }

  /**
   * Takes the next composition. Its time is when it was made; where that is null, the first instant of its date.
   * @throws TenureError `TEN-IMPORT-004`, `-007`, `-008` (a subnet twice), `-017`
   */
  async takeDay(file: DayFile, value: unknown): Promise<void> {
    const { metadata, tao20_constituents: constituents } = takeShape(indexSchema, value, file.path);
    checkDate(metadata.rebalance_date, file);
    const stated = metadata.generation_timestamp;
    if (stated == null) this.#datedOnly.push(file.date);
    const timeMs = stated == null ? file.dayMs : takeTime(stated, () => ({ file: file.path, path: "metadata.generation_timestamp" }));
    if (timeMs <= this.#lastMs) {
      throw new TenureError({
        code: "TEN-IMPORT-017",
        what: "A composition is not later than the one before it.",
        place: { file: file.path, path: "metadata.generation_timestamp" },
        found: new Date(timeMs).toISOString(),
        allowed: `after ${new Date(this.#lastMs).toISOString()}`,
      });
    }
    this.#lastMs = timeMs;
    this.#compositions++;
    const seen = new Set<number>();
    let sum = 0;
    for (const row of [...constituents].sort((a, b) => a.rank - b.rank || a.netuid - b.netuid)) {
      if (seen.has(row.netuid)) {
        throw new TenureError({
          code: "TEN-IMPORT-008",
          what: "A subnet is in a composition twice.",
          place: { file: file.path, path: "tao20_constituents" },
          found: row.netuid,
          allowed: "each subnet once",
          hint: "Fetch the file again.",
        });
      }
      seen.add(row.netuid);
      this.netuids.add(row.netuid);
      sum += row.weight;
      if (this.#rows.full) await this.#rows.flush();
      this.#rows.push(timeMs, row.netuid, row.rank, row.avg_emission_rate, row.weight);
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) this.#unnormalised.push(file.date);
  }

  async finish(): Promise<Record<string, JsonValue>> {
    await this.#rows.flush();
    return {
      compositions: this.#compositions,
      constituents: this.#rows.writer.rows,
      weights_not_summing_to_one: this.#unnormalised,
      days_without_time: this.#datedOnly,
    };
  }

  notes(): string[] {
    const notes: string[] = [];
    if (this.#unnormalised.length > 0) notes.push(`weights that do not sum to 1: ${this.#unnormalised.join(", ")}`);
    if (this.#datedOnly.length > 0) notes.push(`compositions without a time are at the start of their day: ${this.#datedOnly.join(", ")}`);
    return notes;
  }
}
