import { MOST_POINTS } from "../html/long-series.js";
import type { TableSource } from "../reading/columns.js";
import { type Epochs, readEpochs } from "../reading/epochs.js";
import { type PositionRow, readPositions, wasPaid } from "../reading/positions.js";
import { type SampledEpochs, sampleEpochs } from "./sampled-epochs.js";

/** A subnet of a run as its page looks at it. */
export interface PageSubnet {
  readonly netuid: number;
  readonly epochs: number;
  readonly samples: SampledEpochs;
  /** Positions that take part as miners, by id. */
  readonly miners: ReadonlySet<number>;
  /** Whose holding is followed: the miners, or all that were paid where no miner takes part. */
  readonly followed: ReadonlySet<number>;
}

/** What the pages of all sections begin with: who there is, and when. */
export interface PageGround {
  readonly epochs: Epochs;
  readonly positions: ReadonlyMap<number, PositionRow>;
  /** Those with an epoch, by netuid. */
  readonly subnets: readonly PageSubnet[];
  /** Index into `subnets` by position; -1: on none of them. */
  readonly subnetOf: Int32Array;
  /** 1 for a position whose holding is followed. */
  readonly isFollowed: Uint8Array;
}

/** Subnets of which a page draws charts; its tables have all. */
export const SUBNETS_DRAWN = 4;

/** Every miner has a value at every sample, and all are held at once. */
const MOST_VALUES = 4_000_000;
const FEWEST_SAMPLES = 50;

function mostSamples(miners: number): number {
  return Math.min(MOST_POINTS, Math.max(FEWEST_SAMPLES, Math.floor(MOST_VALUES / Math.max(1, miners))));
}

/** Reads the small tables; the ids of positions run from 0. @param everyEpochs `record.every_epochs` */
export async function readGround(run: TableSource, everyEpochs: number): Promise<PageGround> {
  const [positions, epochs] = [await readPositions(run), await readEpochs(run)];
  const length = [...positions.keys()].reduce((most, id) => Math.max(most, id + 1), 0);
  const [subnetOf, isFollowed] = [new Int32Array(length).fill(-1), new Uint8Array(length)];
  const subnets = epochs.netuids.map((netuid, at): PageSubnet => {
    const rows = epochs.of(netuid);
    const miners = new Set<number>();
    const paid = new Set<number>();
    for (const position of positions.values()) {
      if (position.netuid !== netuid) continue;
      subnetOf[position.position] = at;
      if (wasPaid(position)) paid.add(position.position);
      if (position.role !== "miner" || !(position.uid >= 0 || wasPaid(position))) continue;
      miners.add(position.position);
    }
    const followed = miners.size > 0 ? miners : paid;
    for (const position of followed) isFollowed[position] = 1;
    return { netuid, epochs: rows.length, samples: sampleEpochs(rows, mostSamples(followed.size), everyEpochs), miners, followed };
  });
  return { epochs, positions, subnets, subnetOf, isFollowed };
}
