import { calendarDate } from "../engine/index.js";
import type { RecordedComposition } from "../recorders/index.js";

/** One subnet of a composed index, in the names of `--json`. */
export interface CompositionRow {
  readonly netuid: number;
  /** 0..1; all together sum to 1. */
  readonly weight: number;
  readonly rank: number;
  /** Mean over all days of the window; days without the subnet count 0. */
  readonly mean_emission_rate: number;
  /** Null: not in the published index of the day, or none was published. */
  readonly published_weight: number | null;
  /** Days of the window without a snapshot, `2025-09-13`. */
  readonly missing_days: readonly string[];
}

/** A composed index beside the published one. */
export interface CompositionReport {
  /** `2025-10-12`. */
  readonly date: string;
  readonly averagingDays: number;
  readonly rows: readonly CompositionRow[];
  readonly missingDays: readonly string[];
  readonly published: PublishedComparison | null;
}

export interface PublishedComparison {
  readonly constituents: number;
  /** Of any subnet that is in either; who is in one only counts with its whole weight. */
  readonly largestDifference: number;
  /** Whose weight differs most. */
  readonly netuid: number;
  /** Published, and not in the composed index. */
  readonly missing: readonly number[];
}

export function compositionReport(
  { composition, published }: RecordedComposition,
  request: { readonly day: number; readonly averagingDays: number },
): CompositionReport {
  const publishedWeights = new Map((published ?? []).map(({ netuid, weight }) => [netuid, weight]));
  const missingDays = composition.missingDays.map(calendarDate);
  const rows = composition.constituents.map(({ netuid, weight, rank, meanEmissionRate }) => ({
    netuid,
    weight,
    rank,
    mean_emission_rate: meanEmissionRate,
    published_weight: publishedWeights.get(netuid) ?? null,
    missing_days: missingDays,
  }));
  return {
    date: calendarDate(request.day),
    averagingDays: request.averagingDays,
    rows,
    missingDays,
    published: published === null ? null : compare(rows, publishedWeights),
  };
}

function compare(rows: readonly CompositionRow[], published: ReadonlyMap<number, number>): PublishedComparison {
  const composed = new Map(rows.map(({ netuid, weight }) => [netuid, weight]));
  let largestDifference = 0;
  let farthest = rows[0].netuid;
  for (const netuid of new Set([...composed.keys(), ...published.keys()])) {
    const difference = Math.abs((composed.get(netuid) ?? 0) - (published.get(netuid) ?? 0));
    if (difference <= largestDifference) continue;
    largestDifference = difference;
    farthest = netuid;
  }
  return {
    constituents: published.size,
    largestDifference,
    netuid: farthest,
    missing: [...published.keys()].filter((netuid) => !composed.has(netuid)),
  };
}
