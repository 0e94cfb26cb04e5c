import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DAY_MS, randomStreams } from "../../engine/index.js";

const FIRST_DAY_MS = Date.UTC(2025, 8, 5);
const FIRST_BLOCK = 6_372_996;
const BLOCKS_A_DAY = 7_200;
const SAMPLES_A_DAY = 720;
const SUBNETS = 128;

export interface PriceFiles {
  readonly days: number;
  readonly observations: number;
  readonly bytes: number;
}

/** Writes made-up price files of the tao20 kind into `<folder>/prices`: 720 samples of 128 subnets a day, 2.6 MB each. */
export async function writePriceFiles(folder: string, days: number): Promise<PriceFiles> {
  const random = randomStreams(1, 0)("bench/import");
  const prices = Float64Array.from({ length: SUBNETS }, () => 0.001 + 0.03 * random() * random());
  const target = join(folder, "prices");
  await mkdir(target, { recursive: true });
  let bytes = 0;
  for (let day = 0; day < days; day++) {
    const dayMs = FIRST_DAY_MS + day * DAY_MS;
    const date = new Date(dayMs).toISOString().slice(0, 10).replaceAll("-", "");
    const samples = Array.from({ length: SAMPLES_A_DAY }, (_, index) => {
      const time = new Date(dayMs + (index * DAY_MS) / SAMPLES_A_DAY).toISOString().replace(".000Z", "+00:00");
      return {
        sample_index: index,
        requested_time: time,
        block_timestamp_utc: time,
        closest_block: FIRST_BLOCK + day * BLOCKS_A_DAY + (index * BLOCKS_A_DAY) / SAMPLES_A_DAY,
        emissions: samplePrices(prices, random),
      };
    });
    const file = JSON.stringify({ metadata: { date, samples_per_day: SAMPLES_A_DAY }, samples }, undefined, 2);
    await writeFile(join(target, `emissions_v2_${date}.json`), file);
    bytes += file.length;
  }
  return { days, observations: days * SAMPLES_A_DAY * SUBNETS, bytes };
}

/** The next price of every subnet, with the nine decimals of the real files. */
function samplePrices(prices: Float64Array, random: () => number): Record<string, number> {
  const sample: Record<string, number> = {};
  for (let netuid = 0; netuid < SUBNETS; netuid++) {
    prices[netuid] *= 1 + 0.002 * (random() - 0.5);
    sample[netuid] = Number(prices[netuid].toFixed(9));
  }
  return sample;
}
