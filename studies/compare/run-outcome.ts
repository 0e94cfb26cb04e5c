import type { OpenRun } from "../../recorders/index.js";
import type { Figure } from "../figures/figure.js";
import { eachOnce } from "../figures/figure.js";
import { figuresOf } from "../figures/registry.js";
import { readMinerPay } from "../miner-pay.js";
import { giniCoefficient } from "./gini.js";
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
  const totals = minerTotals(positions);
  const miners = new Map(positions.filter(isMiner).map((miner) => [miner.position, miner]));
  const heldShare = await meanHeldShare(run, miners);
  const held: Figure[] = heldShare === null ? [] : [{ ...HELD_SHARE, value: heldShare }];
  const figures = eachOnce([...figuresOf(run.manifest.summary), ...payGinis(totals), ...held, ...priceFigures(await lastPrices(run))]);
  return { figures, miners: totals };
}

const HELD_SHARE = { name: "held_share", unit: "", meaning: "What miners still hold at the end of what they received, mean over them." };

/** Of each subnet whose miners were paid; where there is only one, its figure needs no number in its name. */
function payGinis(totals: RunOutcome["miners"]): readonly Figure[] {
  const bySubnet = new Map<number, bigint[]>();
  for (const { netuid, paidRao } of totals.values()) {
    const paid = bySubnet.get(netuid);
    if (paid === undefined) bySubnet.set(netuid, [paidRao]);
    else paid.push(paidRao);
  }
  return [...bySubnet]
    .sort(([a], [b]) => a - b)
    .flatMap(([netuid, paid]) => {
      const value = giniCoefficient(paid);
      const name = bySubnet.size === 1 ? "pay_gini" : `subnet/${netuid}/pay_gini`;
      return value === null ? [] : [{ name, unit: "", meaning: "Gini coefficient of what the miners were paid in the whole run.", value }];
    });
}

function priceFigures(prices: ReadonlyMap<number, number>): readonly Figure[] {
  const meaning = "Last price of the subnet's alpha that was written down.";
  // That of the index token is a figure of its subnet.
  return [...prices].filter(([netuid]) => netuid >= 0).map(([netuid, value]) => ({ name: `price/${netuid}`, unit: "TAO", meaning, value }));
}
