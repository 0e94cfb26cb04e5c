import * as z from "zod";
import { calendarDate, DAY_MS, type Place, TenureError } from "../../../engine/index.js";
import { type JsonValue, type RecordingWriter, StreamRows } from "../../streams/index.js";
import { takeShape, takeTime } from "../input-values.js";
import { takeNetuid } from "./import-prices.js";
import { checkDate } from "./price-samples.js";
import type { DayFile } from "./tao20-files.js";

const snapshotSchema = z.object({
  metadata: z.object({ date: z.string(), timestamp: z.string().nullish() }),
  emissions: z.record(z.string(), z.number().nullable()),
});

/** Writes the `emission_rate` stream, a snapshot a day. */
export class EmissionRateImport {
  readonly #rows: StreamRows;
  readonly #missingDays: string[] = [];
  readonly #datedOnly: string[] = [];
  readonly netuids = new Set<number>();
  #lastDay: DayFile | undefined;
  #lastMs = -1;
  #snapshots = 0;
  #refused = 0;

  private constructor(rows: StreamRows) {
    this.#rows = rows;
  }

  static async start(recording: RecordingWriter): Promise<EmissionRateImport> {
    return new EmissionRateImport(new StreamRows(await recording.stream("emission_rate")));
  }

  /**
   * Takes the file of the next day. Its time is `timestamp`; where that is null, the first instant of its date.
   * @throws TenureError `TEN-IMPORT-004`, `-007`, `-017`
   */
  async takeDay(file: DayFile, value: unknown): Promise<void> {
    const { metadata, emissions } = takeShape(snapshotSchema, value, file.path);
    checkDate(metadata.date, file);
    if (this.#lastDay !== undefined) {
      for (let dayMs = this.#lastDay.dayMs + DAY_MS; dayMs < file.dayMs; dayMs += DAY_MS) {
        this.#missingDays.push(calendarDate(dayMs / DAY_MS).replaceAll("-", ""));
      }
    }
    this.#lastDay = file;
    const timeMs = this.#timeOf(file, metadata.timestamp);
    this.#lastMs = timeMs;
    this.#snapshots++;
    for (const [text, rate] of Object.entries(emissions)) {
      const netuid = takeNetuid(text, (): Place => ({ file: file.path, path: `emissions.${text}` }));
      if (rate === null || !(rate >= 0)) {
        this.#refused++;
        continue;
      }
      if (this.#rows.full) await this.#rows.flush();
      this.#rows.push(timeMs, -1, netuid, rate);
      this.netuids.add(netuid);
    }
  }

  #timeOf(file: DayFile, timestamp: string | null | undefined): number {
    if (timestamp == null) this.#datedOnly.push(file.date);
    const timeMs = timestamp == null ? file.dayMs : takeTime(timestamp, () => ({ file: file.path, path: "metadata.timestamp" }));
    if (timeMs > this.#lastMs) return timeMs;
    throw new TenureError({
      code: "TEN-IMPORT-017",
      what: "A snapshot is not later than that of the day before.",
      place: { file: file.path, path: "metadata.timestamp" },
      found: new Date(timeMs).toISOString(),
      allowed: `after ${new Date(this.#lastMs).toISOString()}`,
    });
  }

  async finish(): Promise<Record<string, JsonValue>> {
    await this.#rows.flush();
    return {
      snapshots: this.#snapshots,
      observations: this.#rows.writer.rows,
      missing_days: this.#missingDays,
      days_without_time: this.#datedOnly,
      refused_rates: this.#refused,
    };
  }

  notes(): string[] {
    const notes: string[] = [];
    if (this.#missingDays.length > 0) notes.push(`missing days: ${this.#missingDays.join(", ")}`);
    if (this.#datedOnly.length > 0) notes.push(`snapshots without a time are at the start of their day: ${this.#datedOnly.join(", ")}`);
    if (this.#refused > 0) notes.push(`${this.#refused} rates left out: negative or not a number`);
    return notes;
  }
}
