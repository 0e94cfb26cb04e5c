import {
  defaultMinerStrategy,
  type HandedOverConfiguration,
  type HandedOverFigures,
  type MinerStrategyConfiguration,
  type SimulationConfiguration,
} from "../../../../engine/index.js";
import { configuration, type MemoryRun, type MemoryStream, type Row, run } from "../../in-memory.js";

export const TOKEN = 1_000_000_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A midnight. */
export const START = 20_454 * DAY;
export const at = (hours: number): number => START + hours * HOUR;

/** Pay of some miners at the end of each hour, rao; a miner `a` has hotkey a and coldkey a-owner. */
export function hourlyPay(hours: number, pay: Readonly<Record<string, (hour: number) => number>>): MemoryStream {
  const rows = Array.from({ length: hours }, (_, i) => i + 1).flatMap((hour) =>
    Object.entries(pay).map(([miner, amount]) => ({ time_ms: at(hour), ...keys(miner), amount_rao: amount(hour) })),
  );
  return { kind: "emission", rows };
}

export const keys = (miner: string) => ({ netuid: 1, hotkey: miner, coldkey: `${miner}-owner` });

/** A stake row of a miner. */
export const act = (hours: number, action: string, miner: string, amountRao: number, more: Row = {}): Row => ({
  time_ms: at(hours),
  ...keys(miner),
  action,
  amount_rao: amountRao,
  ...more,
});

export const stakes = (rows: readonly Row[]): MemoryStream => ({ kind: "stake", rows });

/** A price an hour, from the start on. */
export const hourlyPrices = (price: (hour: number) => number, hours: number): MemoryStream => ({
  kind: "price",
  rows: Array.from({ length: hours + 1 }, (_, hour) => ({ time_ms: at(hour), netuid: 1, price_tao_per_alpha: price(hour) })),
});

export const balances = (rows: readonly { hours: number; miner: string; rao: number }[]): MemoryStream => ({
  kind: "balances",
  rows: rows.map(({ hours, miner, rao }) => ({ time_ms: at(hours), ...keys(miner), balance_rao: rao })),
});

export function handed(
  miner: string,
  fromHours: number,
  strategy: MinerStrategyConfiguration | "hold" | "sell_all",
  changes: Partial<HandedOverConfiguration> = {},
): HandedOverConfiguration {
  return {
    name: miner,
    netuid: 1,
    hotkeys: [miner],
    coldkey: null,
    fromMs: at(fromHours),
    strategy: typeof strategy === "string" ? defaultMinerStrategy(strategy) : strategy,
    taoRao: 0,
    ...changes,
  };
}

export type Changes = Parameters<typeof configuration>[0];

/** A run of some hours, audited; nothing has a bonus before half a day of age, everything after. */
export function handedRun(
  handedOver: readonly HandedOverConfiguration[],
  streams: readonly MemoryStream[],
  hours: number,
  changes: Changes = {},
): MemoryRun {
  return run(handedScenario(handedOver, hours, changes), streams);
}

export function handedScenario(
  handedOver: readonly HandedOverConfiguration[],
  hours: number,
  changes: Changes = {},
): SimulationConfiguration {
  return configuration({ startMs: START, endMs: at(hours), handedOver, audit: true, ...changes });
}

export function figures({ summary }: MemoryRun, name: string): HandedOverFigures {
  const found = summary.handedOver?.miners.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is not handed over`);
  return found;
}

/** Row of the table `positions`. */
export function position({ tables }: MemoryRun, hotkey: string, coldkey = `${hotkey}-owner`): Row {
  const found = tables.positions.find((row) => row.hotkey === hotkey && row.coldkey === coldkey);
  if (found === undefined) throw new Error(`no position of ${hotkey}`);
  return found;
}
