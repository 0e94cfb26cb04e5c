import type { TableSource } from "./columns.js";
import { readTableRows } from "./table-rows.js";

interface PriceRow {
  readonly time_ms: number;
  readonly price_tao: number;
  readonly age_s: number;
}

/**
 * The price of a subnet that counted at an instant, TAO per alpha, where rows of the table `prices` tell: a row that came later and
 * whose price is at least as old as the instant, or one of the instant itself. Null where none tells.
 */
export async function readPriceInForce(run: TableSource, netuid: number, timeMs: number): Promise<number | null> {
  if (!run.tables.includes("prices")) return null;
  const rows = await readTableRows<PriceRow>(run, "prices", { netuid });
  const next = rows.find(({ time_ms }) => time_ms >= timeMs);
  if (next === undefined) return null;
  return next.time_ms === timeMs || next.time_ms - next.age_s * 1_000 <= timeMs ? next.price_tao : null;
}
