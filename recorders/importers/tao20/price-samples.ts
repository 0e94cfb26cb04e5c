import * as z from "zod";
import { BLOCK_MS, TenureError } from "../../../engine/index.js";
import { takeShape, takeTime } from "../input-values.js";
import type { DayFile } from "./tao20-files.js";

const daySchema = z.object({
  metadata: z.object({ date: z.string() }),
  samples: z.array(
    z.object({
      requested_time: z.string().nullish(),
      block_timestamp_utc: z.string().nullish(),
      closest_block: z.int().min(0).max(2_147_483_647).nullish(),
      /** Prices by netuid. Looked at value by value elsewhere: there are 92,000 of them in a file. */
      emissions: z.custom<Readonly<Record<string, unknown>>>(
        (value) => typeof value === "object" && value !== null && !Array.isArray(value),
        "expected an object",
      ),
    }),
  ),
});

/** How a sample's time was found: stated as that of the block, as that asked for, or counted in blocks. */
export type TimeSource = "block_timestamp" | "requested_time" | "block_number";

export interface PriceSample {
  readonly timeMs: number;
  readonly timeSource: TimeSource;
  /** -1 when the file does not say. */
  readonly block: number;
  readonly prices: Readonly<Record<string, unknown>>;
  /** Where it stands in the file. */
  readonly index: number;
}

export interface PriceDay {
  /** In the order of their times. */
  readonly samples: readonly PriceSample[];
  /** Samples whose time cannot be known. */
  readonly untimed: number;
  /** Whether the file had them in another order. */
  readonly reordered: boolean;
}

type RawSample = z.infer<typeof daySchema>["samples"][number];

function statedTime(sample: RawSample, file: string, index: number): { timeMs: number; timeSource: TimeSource } | undefined {
  const stated: readonly (readonly [string | null | undefined, TimeSource, string])[] = [
    [sample.block_timestamp_utc, "block_timestamp", "block_timestamp_utc"],
    [sample.requested_time, "requested_time", "requested_time"],
  ];
  for (const [text, timeSource, field] of stated) {
    if (text == null) continue;
    return { timeMs: takeTime(text, () => ({ file, path: `samples[${index}].${field}` })), timeSource };
  }
  return undefined;
}

/**
 * The time of a sample that states none, from its block and the nearest samples that state theirs: 12 s a block
 * (docs/explanation/units.md), counted from the one before, else from the one after. It must lie strictly between the two, or
 * it is not known.
 */
function timeFromBlock(
  block: number | null | undefined,
  before: PriceSample | undefined,
  after: PriceSample | undefined,
): number | undefined {
  if (block == null) return undefined;
  const anchor = before ?? after;
  if (anchor === undefined || anchor.block < 0) return undefined;
  const timeMs = anchor.timeMs + (block - anchor.block) * BLOCK_MS;
  const fits = (before === undefined || timeMs > before.timeMs) && (after === undefined || timeMs < after.timeMs);
  return fits ? timeMs : undefined;
}

/**
 * The samples of one day. A time is `block_timestamp_utc`, else `requested_time` (which the portal documents as the time
 * that was sampled for); real files have samples where both are null, see `timeFromBlock`. A sample whose time stays
 * unknown is left out and counted.
 * @throws TenureError `TEN-IMPORT-004`, `-007`, `-017` (the file is of another day)
 */
export function readPriceDay(value: unknown, file: DayFile): PriceDay {
  const { metadata, samples } = takeShape(daySchema, value, file.path);
  checkDate(metadata.date, file);
  const stated = samples.map((sample, index): PriceSample | undefined => {
    const time = statedTime(sample, file.path, index);
    return time === undefined ? undefined : { ...time, block: sample.closest_block ?? -1, prices: sample.emissions, index };
  });
  const kept = samples.flatMap((sample, index): PriceSample[] => {
    const own = stated[index];
    if (own !== undefined) return [own];
    const before = stated.slice(0, index).findLast((other) => other !== undefined);
    const after = stated.slice(index + 1).find((other) => other !== undefined);
    const timeMs = timeFromBlock(sample.closest_block, before, after);
    if (timeMs === undefined) return [];
    return [{ timeMs, timeSource: "block_number", block: sample.closest_block ?? -1, prices: sample.emissions, index }];
  });
  const ordered = [...kept].sort((a, b) => a.timeMs - b.timeMs || a.block - b.block);
  return {
    samples: ordered,
    untimed: samples.length - kept.length,
    reordered: ordered.some((sample, index) => sample !== kept[index]),
  };
}

/** @throws TenureError `TEN-IMPORT-017` */
export function checkDate(date: string, file: DayFile): void {
  if (date.replaceAll("-", "") === file.date) return;
  throw new TenureError({
    code: "TEN-IMPORT-017",
    what: "A file holds another day than its name says.",
    place: { file: file.path, path: "metadata" },
    found: date,
    allowed: file.date,
  });
}
