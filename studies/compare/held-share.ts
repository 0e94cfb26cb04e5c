import { columnsByName, RESULT_TABLES } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";

/**
 * Mean held share of the miners at the last epoch of their subnets, 0..1: what they still hold of what they received. Null where the
 * run did not record the table `holdings`, or measured none of them at the end.
 * @param isMiner by position id
 */
export async function meanHeldShare(
  run: Pick<OpenRun, "tables" | "readTable">,
  isMiner: ReadonlyMap<number, { readonly netuid: number }>,
): Promise<number | null> {
  if (!run.tables.includes("holdings")) return null;
  const lastEpochs = new Map<number, number>();
  for await (const batch of run.readTable("epochs")) {
    const { netuid, epoch } = columnsByName(RESULT_TABLES.epochs, batch.columns);
    for (let row = 0; row < batch.rows; row++) lastEpochs.set(netuid[row], Math.max(epoch[row], lastEpochs.get(netuid[row]) ?? 0));
  }
  // With one subnet the last epoch stands at the end, and nothing before it is needed.
  const only = lastEpochs.size === 1 ? [...lastEpochs.values()][0] : null;
  let sum = 0;
  let miners = 0;
  for await (const batch of run.readTable("holdings", only === null ? "oldest_first" : "newest_first")) {
    const { epoch, position, heldShare } = columnsByName(RESULT_TABLES.holdings, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      const miner = isMiner.get(position[row]);
      if (miner === undefined || epoch[row] !== lastEpochs.get(miner.netuid)) continue;
      sum += heldShare[row];
      miners += 1;
    }
    if (only !== null && epoch[0] < only) break;
  }
  return miners === 0 ? null : sum / miners;
}
