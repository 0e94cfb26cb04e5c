import type { ColumnBatch } from "../../engine/index.js";
import { choiceNames, numberColumn } from "../reading/columns.js";
import type { TablePasses } from "../reading/table-passes.js";
import { EpochPots } from "./epoch-pots.js";
import type { PageGround } from "./page-subnets.js";

/** Is told what each position was paid in each epoch, a row a role. */
export interface RewardListener {
  reward(position: number, subnet: number, epoch: number, paidRao: number): void;
}

/** Follows `rewards`. What miners share in each epoch, once it was read. */
export function followRewards(passes: TablePasses, ground: PageGround, listener: RewardListener): EpochPots {
  const pots = new EpochPots(ground);
  const batch = (batch: ColumnBatch) => {
    const [epoch, position, role, recorded, paid] = COLUMNS.map((name) => numberColumn(batch, name));
    const miner = choiceNames(batch, "role").indexOf("miner");
    for (let row = 0; row < batch.rows; row++) {
      const subnet = ground.subnetOf[position[row]] ?? -1;
      if (subnet < 0) continue;
      if (role[row] === miner) pots.add(subnet, epoch[row], recorded[row]);
      listener.reward(position[row], subnet, epoch[row], paid[row]);
    }
  };
  passes.follow("rewards", { batch });
  return pots;
}

const COLUMNS = ["epoch", "position", "role", "recorded_rao", "paid_rao"] as const;
