import type { StageListConfiguration } from "../../engine/index.js";
import { keptAt, keptByAll } from "../elsewhere.js";
import type { TableSource } from "../reading/columns.js";
import { readStageChanges } from "../reading/stage-changes.js";
import { readTableRows } from "../reading/table-rows.js";
import { keptBy } from "../stage-step.js";
import type { EpochPots } from "./epoch-pots.js";
import type { PageGround } from "./page-subnets.js";

/** What the stages of a list did to the shares of a subnet's miners. */
export interface StageMoves {
  readonly netuid: number;
  /** What stages that keep leave of the pot, 0..1; 1 where a file that may keep was not read. */
  readonly left: number;
  /** Ends of the samples that the table holds. */
  readonly times_ms: readonly number[];
  /** By stage, in the order of the list. */
  readonly stages: readonly {
    readonly stage: number;
    /** As the scenario names it. */
    readonly name: string;
    /**
     * By sample, of the whole pot: half the sum of |share after - share before| over the miners and of what no miner has; 1 would be
     * all. Of a stage that keeps: what it keeps.
     */
    readonly moved: readonly (number | null)[];
    /** Mean over all epochs that the table holds, each counted alike. */
    readonly mean: number;
    /** What a stage that keeps keeps of the pot, 0..1, of which no table has rows; null for others. */
    readonly kept: number | null;
  }[];
}

/** By subnet; empty where the table was not recorded, or has no row. */
export async function readStageMoves(
  run: TableSource,
  { subnets, epochs }: PageGround,
  names: readonly string[],
  list: StageListConfiguration | null,
): Promise<readonly StageMoves[]> {
  if (!run.tables.includes("stage_weights")) return [];
  const kept = (list?.stages ?? []).flatMap((one, index) => {
    const moved = list === null || keptBy(one) === null ? null : keptAt(list, index);
    return moved === null ? [] : [{ stage: index + 1, moved }];
  });
  // The table tells shares of what stages that keep leave; what a file keeps that was not read is not known.
  const left = list === null ? 1 : (keptByAll(list) ?? 1);
  const byNetuid = new Map<number, Map<number, Map<number, Moved>>>();
  await readStageChanges(run, (netuid, epoch, stage, change) => {
    const stages = entry(byNetuid, netuid, () => new Map<number, Map<number, Moved>>());
    const epochs = entry(stages, stage, () => new Map<number, Moved>());
    const moved = entry(epochs, epoch, () => ({ size: 0, sum: 0 }));
    moved.size += Math.abs(change);
    moved.sum += change;
  });
  return subnets.flatMap(({ netuid, samples }) => {
    const stages = byNetuid.get(netuid);
    if (stages === undefined) return [];
    const recorded = new Set([...stages.values()].flatMap((moved) => [...moved.keys()]));
    const sampled = samples.rows.filter(({ epoch }) => recorded.has(epoch));
    // Of the last epoch alone there may be no sample.
    const rows = sampled.length > 0 ? sampled : epochs.of(netuid).filter(({ epoch }) => recorded.has(epoch));
    return {
      netuid,
      left,
      times_ms: rows.map(({ end_ms }) => end_ms),
      stages: [
        ...[...stages].map(([stage, moved]) => ({
          stage,
          moved: rows.map(({ epoch }) => movedOf(moved.get(epoch), left)),
          mean: [...moved.values()].reduce((sum, one) => sum + (movedOf(one, left) ?? 0), 0) / moved.size,
          kept: null,
        })),
        ...kept.map(({ stage, moved }) => ({ stage, moved: rows.map(() => moved), mean: moved, kept: moved })),
      ]
        .sort((a, b) => a.stage - b.stage)
        .map((one) => ({ ...one, name: names[one.stage - 1] ?? `stage ${one.stage}` })),
    };
  });
}

/** Sums over the miners of an epoch: of the size of each change of share, and of the change. */
interface Moved {
  size: number;
  sum: number;
}

/** What the shares of all lose or gain together went to, or came from, what no miner has. */
function movedOf(moved: Moved | undefined, left: number): number | null {
  return moved === undefined ? null : (left * (moved.size + Math.abs(moved.sum))) / 2;
}

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
  /** What a stage states, such as `burn`; what no miner gets after all stages; null: the two cannot be told apart. */
  readonly by: "stage" | "residual" | null;
  readonly amount_rao: bigint;
}

interface ResidualRow {
  readonly netuid: number;
  readonly epoch: number;
  readonly goes_to: string;
  readonly amount_rao: number;
}

/** Over the epochs that the table `residuals` holds; empty where it was not recorded. */
export async function readRests(
  run: TableSource,
  { subnets }: PageGround,
  list: StageListConfiguration | null,
  pots: EpochPots | null,
): Promise<readonly RestTotals[]> {
  if (!run.tables.includes("residuals")) return [];
  const sums = new Map<string, RestTotals>();
  const add = (netuid: number, goes_to: string, by: RestTotals["by"], rao: number) => {
    const key = `${netuid} ${goes_to} ${by}`;
    sums.set(key, { netuid, goes_to, by, amount_rao: (sums.get(key)?.amount_rao ?? 0n) + BigInt(rao) });
  };
  const kept = list === null ? null : keptByAll(list);
  for (const { netuid, epoch, goes_to, amount_rao } of await readTableRows<ResidualRow>(run, "residuals")) {
    const isBoth = goes_to === "burn" && list?.residual === "burn" && kept !== 1;
    if (!isBoth) {
      add(netuid, goes_to, list !== null && goes_to === list.residual ? "residual" : "stage", amount_rao);
      continue;
    }
    const pot =
      pots?.at(
        subnets.findIndex((subnet) => subnet.netuid === netuid),
        epoch,
      ) ?? 0;
    if (kept === null || pot === 0) {
      add(netuid, goes_to, null, amount_rao);
      continue;
    }
    const stated = Math.min(amount_rao, Math.round(pot * (1 - kept)));
    add(netuid, goes_to, "stage", stated);
    add(netuid, goes_to, "residual", amount_rao - stated);
  }
  return [...sums.values()];
}
