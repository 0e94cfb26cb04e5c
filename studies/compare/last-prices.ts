import { columnsByName, RESULT_TABLES } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";

/** The last price that a run wrote down of each subnet's alpha, TAO per alpha, by netuid; -1: of the index token. Empty without the table `prices`. */
export async function lastPrices(run: Pick<OpenRun, "tables" | "readTable">): Promise<ReadonlyMap<number, number>> {
  const prices = new Map<number, number>();
  if (!run.tables.includes("prices")) return prices;
  for await (const batch of run.readTable("prices")) {
    const { netuid, priceTao } = columnsByName(RESULT_TABLES.prices, batch.columns);
    for (let row = 0; row < batch.rows; row++) prices.set(netuid[row], priceTao[row]);
  }
  return prices;
}
