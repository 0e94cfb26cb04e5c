import type { OpenRun } from "../recorders/index.js";
import { type IndexOverview, indexOverview } from "./index-subnet/index-overview.js";
import { type OverviewView, runOverview, type SubnetOverview } from "./overview.js";
import { readEpochs } from "./reading/epochs.js";
import { readPositions } from "./reading/positions.js";
import { rulesOf } from "./rules.js";

/** A run with an index subnet. */
export interface IndexRunOverview {
  /** Null: an epoch is asked for that other subnets have, and it has not. */
  readonly index: IndexOverview | null;
  /** The subnets beside it. */
  readonly subnets: readonly SubnetOverview[];
}

/**
 * Reads the index subnet of a run, and the miners of the subnets beside it.
 * @param netuid of the index subnet
 */
export async function indexRunOverview(run: OpenRun, netuid: number, view: OverviewView): Promise<IndexRunOverview> {
  const wanted = typeof view.epoch === "number" ? view.epoch : undefined;
  if (!(await hasSubnetsBeside(run, netuid))) return { index: await indexOverview(run, netuid, wanted), subnets: [] };
  const subnets = await runOverview(run, rulesOf(run, "recorded"), { ...view, besides: netuid });
  const epochs = await readEpochs(run);
  const isElsewhere = wanted !== undefined && epochs.find(netuid, wanted) === undefined;
  return { index: isElsewhere ? null : await indexOverview(run, netuid, wanted), subnets };
}

/** Does anybody hold, or get, anything on another subnet? */
export async function hasSubnetsBeside(run: OpenRun, netuid: number): Promise<boolean> {
  return [...(await readPositions(run)).values()].some((position) => position.netuid !== netuid);
}
