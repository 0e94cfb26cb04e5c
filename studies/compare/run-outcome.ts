import type { OpenRun } from "../../recorders/index.js";
import type { Figure } from "../figures/figure.js";
import { figuresOf } from "../figures/registry.js";
import { readMinerPay } from "../miner-pay.js";
import { meanHeldShare } from "./held-share.js";
import { lastPrices } from "./last-prices.js";
import { isMiner, type MinerTotal, minerTotals } from "./miner-totals.js";

/** What of a run is compared. */
export interface RunOutcome {
  /** Those of the registry, then those that only its tables tell. */
  readonly figures: readonly Figure[];
  /** By `minerKey`. */
  readonly miners: ReadonlyMap<string, MinerTotal>;
}

/** What a finished run amounts to, from its manifest and tables. */
export async function runOutcome(run: OpenRun): Promise<RunOutcome> {
  const positions = await readMinerPay(run);
  const miners = new Map(positions.filter(isMiner).map((miner) => [miner.position, miner]));
  const heldShare = await meanHeldShare(run, miners);
  const figures = [...figuresOf(run.manifest.summary)];
  if (heldShare !== null) {
    figures.push({
      name: "held_share",
      unit: "",
      meaning: "What miners still hold of what they received, mean over them at the end.",
      value: heldShare,
    });
  }
  for (const [netuid, value] of await lastPrices(run)) {
    // That of the index token is a figure of its subnet.
    if (netuid >= 0)
      figures.push({ name: `price/${netuid}`, unit: "TAO", meaning: "Last price of the subnet's alpha that was recorded.", value });
  }
  return { figures, miners: minerTotals(positions) };
}
