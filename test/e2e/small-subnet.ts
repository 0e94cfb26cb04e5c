import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const START_MS = Date.UTC(2025, 0, 1);
const HOUR_MS = 3_600_000;
const ALPHA = 1_000_000_000;

/** A subnet of two miners: both are paid 10 alpha an hour for 48 hours, one sells now and then. */
export interface SmallSubnet {
  readonly emission: string[];
  readonly stake: string[];
}

export function smallSubnet(): SmallSubnet {
  const emission = ["time_ms,block,netuid,hotkey,coldkey,uid,role,amount_rao"];
  for (let hour = 1; hour <= 48; hour++) {
    for (const [uid, name] of ["keeper", "seller"].entries()) {
      emission.push(`${START_MS + hour * HOUR_MS},${1000 + hour * 300},7,hot-${name},cold-${name},${uid},miner,${10 * ALPHA}`);
    }
  }
  const stake = ["time_ms,block,extrinsic,event,action,netuid,hotkey,coldkey,amount_rao"];
  for (const hour of [10, 20, 30]) {
    stake.push(`${START_MS + hour * HOUR_MS + 60_000},${1005 + hour * 300},2,0,removed,7,hot-seller,cold-seller,${50 * ALPHA}`);
  }
  return { emission, stake };
}

/** Writes `emission.csv`, `stake.csv` and `small.yaml` into a folder. */
export async function writeSmallSubnet(folder: string, { emission, stake }: SmallSubnet = smallSubnet()): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "emission.csv"), `${emission.join("\n")}\n`);
  await writeFile(join(folder, "stake.csv"), `${stake.join("\n")}\n`);
  await writeFile(join(folder, "small.yaml"), SMALL_SCENARIO);
}

export const SMALL_SCENARIO = `name: small
description: Two miners, one of whom sells.
streams:
  - recorded: emission
  - recorded: stake
emission: redistribute
vesting:
  retention_target: 0.9
`;

/** The commands that import it into `recordings/`. */
export const IMPORT_EMISSION = [
  "import",
  "table",
  "emission.csv",
  "--kind",
  "emission",
  "--addresses",
  "any",
  "--coverage",
  "subnet",
  "--out",
  "recordings/emission",
];
export const IMPORT_STAKE = [
  "import",
  "table",
  "stake.csv",
  "--kind",
  "stake",
  "--addresses",
  "any",
  "--coverage",
  "subnet",
  "--out",
  "recordings/stake",
];
