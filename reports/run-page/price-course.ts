import { MOST_POINTS } from "../html/long-series.js";
import type { TableSource } from "../reading/columns.js";
import { readTableRows } from "../reading/table-rows.js";

/** The price of a subnet's alpha in its pool. */
export interface PriceCourse {
  readonly netuid: number;
  readonly times_ms: readonly number[];
  readonly price_tao: readonly number[];
  readonly step: number;
}

interface PoolRow {
  readonly time_ms: number;
  readonly netuid: number;
  readonly price_tao: number;
}

/** By subnet; empty where the run did not record `pools`. */
export async function readPriceCourses(run: TableSource): Promise<readonly PriceCourse[]> {
  if (!run.tables.includes("pools")) return [];
  const rows = await readTableRows<PoolRow>(run, "pools");
  return [...new Set(rows.map(({ netuid }) => netuid))]
    .sort((a, b) => a - b)
    .map((netuid) => {
      const own = rows.filter((row) => row.netuid === netuid);
      const step = Math.max(1, Math.ceil(own.length / MOST_POINTS));
      const shown = own.filter((_, at) => (own.length - 1 - at) % step === 0);
      return { netuid, step, times_ms: shown.map(({ time_ms }) => time_ms), price_tao: shown.map(({ price_tao }) => price_tao) };
    });
}
