import type { ColumnBatch } from "../../engine/index.js";
import { runToSummary } from "../../recorders/run/run.js";
import { loadScenario, type Scenario } from "../../scenarios/index.js";
import { type Row, rowsOf } from "../engine/in-memory.js";

/** Miners of an epoch in the order of their positions. */
export interface Epoch {
  readonly number: number;
  readonly endMs: number;
  /** What miners could be paid, rao. */
  readonly potRao: number;
  readonly miners: readonly PaidMiner[];
}

export interface PaidMiner {
  readonly hotkey: string;
  readonly base: number;
  readonly share: number;
  /** Before this epoch's pay, rao. */
  readonly stakeRao: number;
  readonly paidRao: number;
}

export interface GalleryRun {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly hotkeys: readonly string[];
  readonly epochs: readonly Epoch[];
}

/** A shipped scenario, run in memory. */
export async function galleryRun(name: string, sets: readonly string[] = []): Promise<GalleryRun> {
  return runOf(loadScenario(name, { sets }));
}

export async function runOf(scenario: Scenario): Promise<GalleryRun> {
  const tables: Record<string, Row[]> = {};
  await runToSummary(scenario, {
    sink: {
      append(table: string, batch: ColumnBatch) {
        tables[table] ??= [];
        tables[table].push(...rowsOf(batch));
      },
    },
  });
  const hotkeys = tables.positions.map(({ hotkey }) => String(hotkey));
  const epochs = tables.epochs.map((row): Epoch => {
    const epoch = Number(row.epoch);
    const of = (table: string) => new Map((rowsByEpoch(tables, table).get(epoch) ?? []).map((one) => [Number(one.position), one]));
    const [weights, holdings, rewards] = [of("weights"), of("holdings"), of("rewards")];
    const residualRao = (rowsByEpoch(tables, "residuals").get(epoch) ?? []).reduce((sum, one) => sum + Number(one.amount_rao), 0);
    const miners = [...weights].map(
      ([position, { base_weight, final_weight }]): PaidMiner => ({
        hotkey: hotkeys[position],
        base: Number(base_weight),
        share: Number(final_weight),
        stakeRao: Number(holdings.get(position)?.stake_rao ?? 0),
        paidRao: Number(rewards.get(position)?.paid_rao ?? 0),
      }),
    );
    return { number: epoch, endMs: Number(row.end_ms), potRao: miners.reduce((sum, { paidRao }) => sum + paidRao, residualRao), miners };
  });
  return { tables, hotkeys, epochs };
}

const grouped = new WeakMap<object, Map<string, Map<number, Row[]>>>();

function rowsByEpoch(tables: Readonly<Record<string, readonly Row[]>>, name: string): ReadonlyMap<number, readonly Row[]> {
  let own = grouped.get(tables);
  if (own === undefined) {
    own = new Map();
    grouped.set(tables, own);
  }
  let rows = own.get(name);
  if (rows === undefined) {
    rows = new Map();
    for (const row of tables[name] ?? []) {
      const epoch = Number(row.epoch);
      const list = rows.get(epoch) ?? [];
      list.push(row);
      rows.set(epoch, list);
    }
    own.set(name, rows);
  }
  return rows;
}

/** Paid to each hotkey over a run, alpha. */
export function paidByHotkey({ epochs }: GalleryRun): ReadonlyMap<string, number> {
  const paid = new Map<string, number>();
  for (const { miners } of epochs) for (const { hotkey, paidRao } of miners) paid.set(hotkey, (paid.get(hotkey) ?? 0) + paidRao / 1e9);
  return paid;
}
