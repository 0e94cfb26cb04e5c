import { type Account, account } from "../account.js";

/** When a miner sells: never, once a week, or within minutes of being paid. */
export type Habit = "holder" | "weekly" | "dumper";

export interface Miner {
  hotkey: Account;
  coldkey: Account;
  readonly netuid: number;
  readonly habit: Habit;
  /** Part of the miners' emission, before it is divided by the sum. */
  readonly weight: number;
  /** The block a sale is planned for. */
  nextSale: number;
}

export interface Validator {
  readonly hotkey: Account;
  readonly coldkey: Account;
  readonly nominators: readonly Account[];
}

/** Everybody on a local subnet and on its small neighbour. */
export interface Cast {
  readonly owner: Account;
  readonly ownerHotkey: Account;
  readonly miners: Miner[];
  readonly neighbours: readonly Miner[];
  readonly validators: readonly Validator[];
}

export interface CastSize {
  readonly netuid: number;
  readonly neighbour: number;
  readonly miners: number;
  readonly validators: number;
  readonly nominatorsPerValidator: number;
}

const HABITS: readonly Habit[] = ["holder", "weekly", "dumper"];
const BLOCKS_A_WEEK = 50_400;
const NEVER = Number.POSITIVE_INFINITY;

/** Makes up who is there; their habits go round, their weights and plans are random. */
export function makeCast(size: CastSize, random: () => number): Cast {
  const miner = (netuid: number, index: number): Miner => {
    const habit = HABITS[index % HABITS.length];
    const name = `${netuid}-miner-${index}`;
    const nextSale = habit === "weekly" ? firstWeeklySale(index, random) : NEVER;
    return { hotkey: account(name), coldkey: account(`${name}-coldkey`), netuid, habit, weight: 0.2 + random(), nextSale };
  };
  const validators = Array.from({ length: size.validators }, (_, index): Validator => {
    const name = `validator-${index}`;
    const nominators = Array.from({ length: size.nominatorsPerValidator }, (_, each) => account(`${name}-nominator-${each}`));
    return { hotkey: account(name), coldkey: account(`${name}-coldkey`), nominators };
  });
  return {
    owner: account("subnet-owner"),
    ownerHotkey: account("subnet-owner-hotkey"),
    miners: Array.from({ length: size.miners }, (_, index) => miner(size.netuid, index)),
    neighbours: Array.from({ length: 2 }, (_, index) => miner(size.neighbour, index)),
    validators,
  };
}

/** The first weekly seller sells on the first day, so that every history of a day has such a sale. */
function firstWeeklySale(index: number, random: () => number): number {
  const within = index < HABITS.length ? 4000 : BLOCKS_A_WEEK;
  return 1000 + Math.floor(random() * within);
}

/** The block of the sale after a weekly one. */
export function nextWeeklySale(block: number): number {
  return block + BLOCKS_A_WEEK;
}
