import { calendarDate, DAY_MS, type Place, TenureError } from "../../../engine/index.js";
import { type JsonValue, type RecordingWriter, StreamRows } from "../../streams/index.js";
import { type PriceSample, readPriceDay, type TimeSource } from "./price-samples.js";
import type { DayFile } from "./tao20-files.js";

/** The portal samples every two minutes. */
const SAMPLE_MS = 120_000;
const LARGEST_NETUID = 65_535;

/** What is known of one subnet's samples. */
interface SubnetSamples {
  readonly firstMs: number;
  lastMs: number;
  samples: number;
  readonly firstSample: number;
}

/** Writes the `price` stream day by day and counts what is missing: gaps are reported, never filled. */
export class PriceImport {
  readonly #rows: StreamRows;
  readonly #subnets = new Map<number, SubnetSamples>();
  readonly #times: Record<TimeSource, number> = { block_timestamp: 0, requested_time: 0, block_number: 0 };
  readonly #refused = { zero: 0, negative: 0, not_finite: 0 };
  readonly #shortDays: { date: string; samples: number }[] = [];
  readonly #missingDays: string[] = [];
  readonly #reorderedDays: string[] = [];
  #lastDay: DayFile | undefined;
  #last: PriceSample | undefined;
  #firstMs = 0;
  #samples = 0;
  #duplicates = 0;
  #untimed = 0;
  #longestGapMs = 0;

  private constructor(rows: StreamRows) {
    this.#rows = rows;
  }

  static async start(recording: RecordingWriter): Promise<PriceImport> {
    return new PriceImport(new StreamRows(await recording.stream("price")));
  }

  get netuids(): Iterable<number> {
    return this.#subnets.keys();
  }

  /** Takes the file of the next day. */
  async takeDay(file: DayFile, value: unknown): Promise<void> {
    const day = readPriceDay(value, file);
    this.#noteDay(file);
    this.#untimed += day.untimed;
    if (day.reordered) this.#reorderedDays.push(file.date);
    let taken = 0;
    for (const sample of day.samples) if (await this.#takeSample(sample, file)) taken++;
    if (taken < DAY_MS / SAMPLE_MS) this.#shortDays.push({ date: file.date, samples: taken });
  }

  /** Writes what is left; returns the figures. */
  async finish(): Promise<Record<string, JsonValue>> {
    await this.#rows.flush();
    const subnets = [...this.#subnets].sort(([a], [b]) => a - b);
    return {
      samples: this.#samples,
      observations: this.#rows.writer.rows,
      subnets: subnets.length,
      times_requested: this.#times.requested_time,
      times_from_block_number: this.#times.block_number,
      samples_without_time: this.#untimed,
      duplicate_samples: this.#duplicates,
      refused_prices: this.#refused,
      short_days: this.#shortDays,
      missing_days: this.#missingDays,
      reordered_days: this.#reorderedDays,
      longest_gap_ms: this.#longestGapMs,
      late_subnets: subnets
        .filter(([, subnet]) => subnet.firstMs > this.#firstMs)
        .map(([netuid, subnet]) => ({ netuid, from_ms: subnet.firstMs })),
      ended_subnets: subnets
        .filter(([, subnet]) => subnet.lastMs < (this.#last?.timeMs ?? 0))
        .map(([netuid, subnet]) => ({ netuid, to_ms: subnet.lastMs })),
      interrupted_subnets: this.#interrupted(),
    };
  }

  /** The figures in words, only what a reader should know. */
  notes(): string[] {
    const notes: string[] = [];
    const say = (count: number, text: string) => {
      if (count > 0) notes.push(text);
    };
    const { zero, negative, not_finite: notFinite } = this.#refused;
    say(this.#missingDays.length, `missing days: ${this.#missingDays.join(", ")}`);
    say(
      this.#shortDays.length,
      `days with fewer than 720 samples: ${this.#shortDays.map((day) => `${day.date} (${day.samples})`).join(", ")}`,
    );
    say(this.#times.requested_time, `${this.#times.requested_time} samples without block time are at the time that was asked for`);
    say(
      this.#times.block_number,
      `${this.#times.block_number} samples that state no time are at the time of their block number, 12 s a block from the sample before`,
    );
    say(this.#untimed, `${this.#untimed} samples left out: nothing says when they were taken`);
    say(this.#duplicates, `${this.#duplicates} samples left out: the same instant was sampled before`);
    say(this.#reorderedDays.length, `put in the order of time: ${this.#reorderedDays.join(", ")}`);
    say(zero + negative + notFinite, `prices left out: ${zero} zero, ${negative} negative, ${notFinite} not a finite number`);
    const late = [...this.#subnets].filter(([, subnet]) => subnet.firstMs > this.#firstMs).map(([netuid]) => netuid);
    say(late.length, `subnets that start late: ${late.sort((a, b) => a - b).join(", ")}`);
    const interrupted = this.#interrupted();
    say(
      interrupted.length,
      `subnets with gaps: ${interrupted.map((subnet) => `${subnet.netuid} (${subnet.missing_samples} samples)`).join(", ")}`,
    );
    return notes;
  }

  #noteDay(file: DayFile): void {
    if (this.#lastDay !== undefined) {
      for (let dayMs = this.#lastDay.dayMs + DAY_MS; dayMs < file.dayMs; dayMs += DAY_MS) {
        this.#missingDays.push(calendarDate(dayMs / DAY_MS).replaceAll("-", ""));
      }
    }
    this.#lastDay = file;
  }

  async #takeSample(sample: PriceSample, file: DayFile): Promise<boolean> {
    const last = this.#last;
    if (last === undefined) this.#firstMs = sample.timeMs;
    else if (sample.timeMs < last.timeMs) throw outOfOrder(file, sample, last);
    else if (sample.timeMs === last.timeMs) {
      this.#duplicates++;
      return false;
    } else this.#longestGapMs = Math.max(this.#longestGapMs, sample.timeMs - last.timeMs);
    this.#last = sample;
    this.#times[sample.timeSource]++;
    for (const netuid in sample.prices) {
      if (this.#rows.full) await this.#rows.flush();
      this.#takePrice(sample, netuid, file);
    }
    this.#samples++;
    return true;
  }

  #takePrice(sample: PriceSample, netuidText: string, file: DayFile): void {
    const place = (): Place => ({ file: file.path, path: `samples[${sample.index}].emissions.${netuidText}` });
    const netuid = takeNetuid(netuidText, place);
    const price = sample.prices[netuidText];
    if (price !== null && typeof price !== "number") {
      throw new TenureError({
        code: "TEN-IMPORT-004",
        what: "A price is not a number.",
        place: place(),
        found: price,
        allowed: "a number, or null",
      });
    }
    if (price === null || !Number.isFinite(price)) this.#refused.not_finite++;
    else if (price === 0) this.#refused.zero++;
    else if (price < 0) this.#refused.negative++;
    else {
      this.#rows.push(sample.timeMs, sample.block, netuid, price);
      const subnet = this.#subnets.get(netuid);
      if (subnet === undefined)
        this.#subnets.set(netuid, { firstMs: sample.timeMs, lastMs: sample.timeMs, samples: 1, firstSample: this.#samples });
      else {
        subnet.lastMs = sample.timeMs;
        subnet.samples++;
      }
    }
  }

  /** Subnets that miss samples between their first and the recording's last; those that ended are told apart by `ended_subnets`. */
  #interrupted(): { netuid: number; missing_samples: number }[] {
    return [...this.#subnets]
      .map(([netuid, subnet]) => ({ netuid, missing_samples: this.#samples - subnet.firstSample - subnet.samples }))
      .filter((subnet) => subnet.missing_samples > 0)
      .sort((a, b) => a.netuid - b.netuid);
  }
}

/** @throws TenureError `TEN-IMPORT-004` */
export function takeNetuid(text: string, place: () => Place): number {
  const netuid = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (netuid <= LARGEST_NETUID) return netuid;
  throw new TenureError({
    code: "TEN-IMPORT-004",
    what: "A netuid is not one.",
    place: place(),
    found: text,
    allowed: `0 to ${LARGEST_NETUID}`,
  });
}

function outOfOrder(file: DayFile, sample: PriceSample, last: PriceSample): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-017",
    what: "A day's file begins before the file of the day before it ends.",
    place: { file: file.path, path: `samples[${sample.index}]` },
    found: new Date(sample.timeMs).toISOString(),
    allowed: `after ${new Date(last.timeMs).toISOString()}`,
    hint: "Keep each day once.",
  });
}
