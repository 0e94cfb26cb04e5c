import { choiceNames, numberColumn, type TableSource } from "../reading/columns.js";
import { EpochPots } from "./epoch-pots.js";
import type { PageGround } from "./page-subnets.js";

/** Is told what each position was paid in each epoch, a row a role. */
export interface RewardListener {
  reward(position: number, subnet: number, epoch: number, paidRao: number): void;
}

/** Reads `rewards` once. What miners share in each epoch; null where the table was not recorded. */
export async function passRewards(run: TableSource, ground: PageGround, listener: RewardListener): Promise<EpochPots | null> {
  if (!run.tables.includes("rewards")) return null;
  const pots = new EpochPots(ground);
  for await (const batch of run.readTable("rewards")) {
    const [epoch, position, role, recorded, paid] = COLUMNS.map((name) => numberColumn(batch, name));
    const miner = choiceNames(batch, "role").indexOf("miner");
    for (let row = 0; row < batch.rows; row++) {
      const subnet = ground.subnetOf[position[row]] ?? -1;
      if (subnet < 0) continue;
      if (role[row] === miner) pots.add(subnet, epoch[row], recorded[row]);
      listener.reward(position[row], subnet, epoch[row], paid[row]);
    }
  }
  return pots;
}

const COLUMNS = ["epoch", "position", "role", "recorded_rao", "paid_rao"] as const;
