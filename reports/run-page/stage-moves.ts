import { numberColumn, type TableSource } from "../reading/columns.js";
import { readTableRows } from "../reading/table-rows.js";
import type { PageGround } from "./page-subnets.js";

/** What the stages of a list did to the shares of a subnet's miners. */
export interface StageMoves {
  readonly netuid: number;
  /** Ends of the samples that the table holds. */
  readonly times_ms: readonly number[];
  /** By stage, in the order of the list. */
  readonly stages: readonly {
    readonly stage: number;
    /** As the scenario names it. */
    readonly name: string;
    /** By sample: half the sum of |share after - share before| over the miners; 1 would be all. */
    readonly moved: readonly (number | null)[];
    /** Mean over all epochs that the table holds, each counted alike. */
    readonly mean: number;
  }[];
}

/** By subnet; empty where the table was not recorded, or has no row. */
export async function readStageMoves(
  run: TableSource,
  { subnets, epochs }: PageGround,
  names: readonly string[],
): Promise<readonly StageMoves[]> {
  if (!run.tables.includes("stage_weights")) return [];
  const byNetuid = new Map<number, Map<number, Map<number, number>>>();
  for await (const batch of run.readTable("stage_weights")) {
    const [netuid, epoch, stage, before, after] = COLUMNS.map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      const stages = entry(byNetuid, netuid[row], () => new Map<number, Map<number, number>>());
      const moved = entry(stages, stage[row], () => new Map<number, number>());
      moved.set(epoch[row], (moved.get(epoch[row]) ?? 0) + Math.abs(after[row] - before[row]) / 2);
    }
  }
  return subnets.flatMap(({ netuid, samples }) => {
    const stages = byNetuid.get(netuid);
    if (stages === undefined) return [];
    const recorded = new Set([...stages.values()].flatMap((moved) => [...moved.keys()]));
    const sampled = samples.rows.filter(({ epoch }) => recorded.has(epoch));
    // Of the last epoch alone there may be no sample.
    const rows = sampled.length > 0 ? sampled : epochs.of(netuid).filter(({ epoch }) => recorded.has(epoch));
    return {
      netuid,
      times_ms: rows.map(({ end_ms }) => end_ms),
      stages: [...stages]
        .sort(([a], [b]) => a - b)
        .map(([stage, moved]) => ({
          stage,
          name: names[stage - 1] ?? `stage ${stage}`,
          moved: rows.map(({ epoch }) => moved.get(epoch) ?? null),
          mean: [...moved.values()].reduce((sum, one) => sum + one, 0) / moved.size,
        })),
    };
  });
}

const COLUMNS = ["netuid", "epoch", "stage", "share_before", "share_after"] as const;

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** What of the pots a list of stages sent elsewhere, by place. */
export interface RestTotals {
  readonly netuid: number;
  readonly goes_to: string;
  readonly amount_rao: bigint;
}

interface ResidualRow {
  readonly netuid: number;
  readonly goes_to: string;
  readonly amount_rao: number;
}

/** Over the epochs that the table `residuals` holds; empty where it was not recorded. */
export async function readRests(run: TableSource): Promise<readonly RestTotals[]> {
  if (!run.tables.includes("residuals")) return [];
  const sums = new Map<string, RestTotals>();
  for (const { netuid, goes_to, amount_rao } of await readTableRows<ResidualRow>(run, "residuals")) {
    const key = `${netuid} ${goes_to}`;
    sums.set(key, { netuid, goes_to, amount_rao: (sums.get(key)?.amount_rao ?? 0n) + BigInt(amount_rao) });
  }
  return [...sums.values()];
}
