import { InvariantError } from "../../../engine/index.js";
import type { RawSubnet } from "../blocks/raw-block.js";
import type { ChainClient } from "../rpc/chain-client.js";
import type { Runtimes } from "../runtime/runtimes.js";
import { type PositionId, positionKey } from "../storage/position-id.js";
import type { BlockState, HeldStake } from "../storage/read-balances.js";
import type { BlockTime } from "./block-rows.js";
import type { SubnetSeats } from "./subnet-seats.js";
import type { TrackedPositions } from "./tracked-positions.js";

/** What is known between two blocks, and whom to ask for more. */
export interface AttributionWorld {
  readonly client: ChainClient;
  readonly runtimes: Runtimes;
  readonly netuids: readonly number[];
  readonly positions: TrackedPositions;
  readonly seats: ReadonlyMap<number, SubnetSeats>;
  readonly weights: boolean;
  readonly validatorWeights: boolean;
}

/** The block before the one at hand. */
export interface PreviousBlock extends BlockState, BlockTime {
  readonly subnets: readonly RawSubnet[];
}

export function seatsOf(world: AttributionWorld, netuid: number): SubnetSeats {
  const seats = world.seats.get(netuid);
  if (seats === undefined) throw new InvariantError(`subnet ${netuid} is not recorded`);
  return seats;
}

/** Stake as the chain says it, rao, by `positionKey`. */
export type MeasuredStake = ReadonlyMap<string, number>;

export function measuredStake(positions: readonly PositionId[], stakes: readonly HeldStake[]): MeasuredStake {
  return new Map(positions.map((position, index) => [positionKey(position), stakes[index].rao]));
}

/** @throws InvariantError when it was not measured */
export function stakeOf(measured: MeasuredStake, position: PositionId): number {
  const found = measured.get(positionKey(position));
  if (found === undefined) throw new InvariantError(`a position was not measured: ${positionKey(position)}`);
  return found;
}
