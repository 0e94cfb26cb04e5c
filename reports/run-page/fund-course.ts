import { MOST_POINTS } from "../html/long-series.js";
import { numberColumn, type TableSource } from "../reading/columns.js";

/** How the token of an index subnet followed what it stands for. */
export interface FundCourse {
  /** Of the rows shown; every `step`th of the table, the last among them. */
  readonly times_ms: readonly number[];
  readonly step: number;
  readonly nav_tao: readonly number[];
  readonly price_tao: readonly number[];
  /** By row shown: of the rows since the one before the premium that lies furthest from 0, so that no spike is lost. */
  readonly premium: readonly number[];
  /** Of the table: samples as recorded, and moments between two at which NAV became stale. */
  readonly rows: number;
}

const NAMES = ["time_ms", "nav_tao", "price_tao", "premium"] as const;

/** Null where the run did not record `nav`, or has no row of it. */
export async function readFundCourse(run: TableSource): Promise<FundCourse | null> {
  if (!run.tables.includes("nav")) return null;
  const [times, navs, prices, premiums]: [number[], number[], number[], number[]] = [[], [], [], []];
  for await (const batch of run.readTable("nav")) {
    const [time, nav, price, premium] = NAMES.map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      times.push(time[row]);
      navs.push(nav[row]);
      prices.push(price[row]);
      premiums.push(premium[row]);
    }
  }
  if (times.length === 0) return null;
  const step = Math.max(1, Math.ceil(times.length / MOST_POINTS));
  const isShown = (_: number, at: number) => (times.length - 1 - at) % step === 0;
  const extremes = times.map((_, at) => furthest(premiums, Math.max(0, at - step + 1), at));
  return {
    times_ms: times.filter(isShown),
    step,
    nav_tao: navs.filter(isShown),
    price_tao: prices.filter(isShown),
    premium: extremes.filter(isShown),
    rows: times.length,
  };
}

function furthest(values: readonly number[], from: number, to: number): number {
  let found = values[to];
  for (let at = from; at < to; at++) if (Math.abs(values[at]) > Math.abs(found)) found = values[at];
  return found;
}
