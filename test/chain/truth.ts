import type { Account } from "./account.js";

interface Moment {
  readonly block: number;
  readonly timeMs: number;
}

/** What an epoch step added to one position: its value after less before, in rao of alpha. */
export interface TrueEmission extends Moment {
  readonly netuid: number;
  readonly hotkey: Account;
  readonly coldkey: Account;
  readonly amountRao: bigint;
}

/** One movement of stake that events tell, as it was asked for: what left or joined the position, in rao of alpha. */
export interface TrueFlow extends Moment {
  readonly extrinsic: number;
  /** The event that stands for the movement: the summary where there is one. */
  readonly event: "StakeAdded" | "StakeRemoved" | "StakeMoved" | "StakeTransferred" | "StakeSwapped";
  readonly action: "add" | "remove" | "move" | "transfer" | "swap";
  readonly netuid: number;
  readonly hotkey: Account;
  readonly coldkey: Account;
  readonly amountRao: bigint;
  readonly toNetuid?: number;
  readonly toHotkey?: Account;
  readonly toColdkey?: Account;
  readonly toAmountRao?: bigint;
}

export interface TrueRegistration extends Moment {
  readonly netuid: number;
  readonly uid: number;
  readonly hotkey: Account;
  readonly coldkey: Account;
}

/** A change of a position that no amount in StakeAdded or StakeRemoved tells; signed, in rao of alpha. */
export interface TrueSilentChange extends Moment {
  readonly cause: string;
  readonly netuid: number;
  readonly hotkey: Account;
  readonly coldkey: Account;
  readonly amountRao: bigint;
}

export interface TruePrice extends Moment {
  readonly netuid: number;
  /** Rao of TAO for a whole alpha, rounded down. */
  readonly priceRao: bigint;
  /** The nearest double. */
  readonly priceTaoPerAlpha: number;
}

/** What happened on the chain, kept apart from its storage and events: what a recorder's tables are checked against. */
export class Truth {
  emission: TrueEmission[] = [];
  flows: TrueFlow[] = [];
  registrations: TrueRegistration[] = [];
  deregistrations: TrueRegistration[] = [];
  silent: TrueSilentChange[] = [];
  prices: TruePrice[] = [];

  /** Forgets what happened after a block. */
  truncate(block: number): void {
    this.emission = until(this.emission, block);
    this.flows = until(this.flows, block);
    this.registrations = until(this.registrations, block);
    this.deregistrations = until(this.deregistrations, block);
    this.silent = until(this.silent, block);
    this.prices = until(this.prices, block);
  }
}

function until<Entry extends Moment>(entries: Entry[], block: number): Entry[] {
  return entries.filter((entry) => entry.block <= block);
}
