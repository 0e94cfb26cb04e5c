import type { RegistryAction, Role, StakeAction, StakeCause } from "../../../engine/index.js";
import type { PositionId } from "../storage/position-id.js";

/** Where a change stands in its block. */
export interface EventPlace {
  readonly extrinsic: number;
  readonly event: number;
}

/** When a block was made. */
export interface BlockTime {
  readonly block: number;
  readonly timeMs: number;
}

export interface StakeRow extends EventPlace {
  readonly at: BlockTime;
  readonly action: StakeAction;
  readonly position: PositionId;
  readonly amountRao: number;
  readonly to?: PositionId;
  readonly toAmountRao?: number;
  readonly cause: StakeCause;
  /** Where it is rounding by the shares of an old runtime: what the smallest one was worth. */
  readonly shareRao?: number;
}

export interface EmissionRow {
  readonly at: BlockTime;
  readonly position: PositionId;
  readonly uid: number;
  readonly role: Role;
  readonly amountRao: number;
}

export interface BalanceRow {
  readonly at: BlockTime;
  readonly position: PositionId;
  readonly balanceRao: number;
}

export interface PriceRow {
  readonly at: BlockTime;
  readonly netuid: number;
  readonly priceTaoPerAlpha: number;
}

export interface RegistryRow extends EventPlace {
  readonly at: BlockTime;
  readonly action: RegistryAction;
  readonly netuid: number;
  readonly uid: number;
  readonly hotkey: string;
  readonly coldkey: string;
}

export interface WeightRow {
  readonly at: BlockTime;
  readonly position: PositionId;
  readonly uid: number;
  /** Incentive, 0 to 1. */
  readonly weight: number;
}

/** What a validator gives a hotkey. */
export interface ValidatorWeightRow {
  readonly at: BlockTime;
  readonly netuid: number;
  readonly validator: string;
  readonly hotkey: string;
  /** 0 to 65,535. */
  readonly weight: number;
  /** 0: what it holds. */
  readonly stakeRao: number;
}

/** An epoch of a subnet ended, whether it paid anybody or not. */
export interface EpochMarkRow {
  readonly at: BlockTime;
  readonly netuid: number;
}

/** What a block adds to each stream, in the order of its rows. */
export interface BlockRows {
  readonly stake: StakeRow[];
  readonly emission: EmissionRow[];
  readonly balances: BalanceRow[];
  readonly price: PriceRow[];
  readonly registry: RegistryRow[];
  readonly weights: WeightRow[];
  readonly validatorWeights: ValidatorWeightRow[];
  readonly epochMarks: EpochMarkRow[];
}

export function noRows(): BlockRows {
  return { stake: [], emission: [], balances: [], price: [], registry: [], weights: [], validatorWeights: [], epochMarks: [] };
}

/** Orders rows of one block, or of two that follow each other; equal ones stay as they are. */
export function byPlace(a: EventPlace & { readonly at: BlockTime }, b: EventPlace & { readonly at: BlockTime }): number {
  return a.at.block - b.at.block || a.extrinsic - b.extrinsic || a.event - b.event;
}
