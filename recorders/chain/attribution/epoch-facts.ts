import type { Role } from "../../../engine/index.js";
import { bytesOf, unsigned, vectorOf16, vectorOf64 } from "../little-endian.js";
import type { ChainClient } from "../rpc/chain-client.js";
import type { PositionId } from "../storage/position-id.js";
import type { BlockState } from "../storage/read-balances.js";
import { readStorage } from "../storage/read-storage.js";
import { subtensorKeys } from "../storage/subtensor-keys.js";
import { type AutoStake, MECHANISM_STRIDE } from "./block-story.js";
import type { SubnetSeats } from "./subnet-seats.js";

/** Mechanisms of a subnet that are looked at; a chain has two at the most so far. */
const MECHANISMS = 4;
/** Incentives are u16 shares of the largest possible. */
const U16_MAX = 65_535;

/** What the chain says of an epoch besides balances. */
export interface EpochFacts {
  /** By uid, 0 to 1 for each mechanism, summed over them. */
  readonly incentive: readonly number[];
  readonly dividends: readonly number[];
  /** What each uid's hotkey is said to have been paid, rao, without the owner's cut; a cross-check. */
  readonly emissionRao: readonly bigint[];
  /** What was set aside for the subnet's owner until the block before, rao; undefined where the runtime does not keep it. */
  readonly pendingCutRao: bigint | undefined;
  readonly owner: { readonly hotkey: string | null; readonly coldkey: string | null };
}

/**
 * Reads what the chain keeps of the last epoch of a subnet.
 * @param hash of the epoch's block
 * @param before the block before it
 */
export async function readEpochFacts(client: ChainClient, netuid: number, hash: string, before: BlockState): Promise<EpochFacts> {
  const mechanisms = Array.from({ length: MECHANISMS }, (_, mechanism) => netuid + mechanism * MECHANISM_STRIDE);
  const keepsCut = before.runtime.hasStorage("SubtensorModule", "PendingOwnerCut");
  const [values, [pendingCut]] = await Promise.all([
    readStorage(
      client,
      [
        ...["Dividends", "Emission", "SubnetOwnerHotkey", "SubnetOwner"].map((item) => subtensorKeys.ofSubnet(item, netuid)),
        ...mechanisms.map((index) => subtensorKeys.ofSubnet("Incentive", index)),
      ],
      hash,
    ),
    readStorage(client, keepsCut ? [subtensorKeys.ofSubnet("PendingOwnerCut", netuid)] : [], before.hash),
  ]);
  const [dividends, emission, ownerHotkey, ownerColdkey, ...incentives] = values;
  const incentive: number[] = [];
  for (const vector of incentives.map(vectorOf16)) {
    vector.forEach((value, uid) => {
      incentive[uid] = (incentive[uid] ?? 0) + value / U16_MAX;
    });
  }
  return {
    incentive,
    dividends: vectorOf16(dividends).map((value) => value / U16_MAX),
    emissionRao: vectorOf64(emission),
    pendingCutRao: !keepsCut ? undefined : pendingCut === null ? 0n : unsigned(bytesOf(pendingCut)),
    owner: { hotkey: ownerHotkey, coldkey: ownerColdkey },
  };
}

/** A part of what a position was paid in an epoch. */
export interface PayPart {
  readonly role: Role;
  readonly uid: number;
  readonly amountRao: number;
}

/**
 * For what a position was paid. Only the owner of a registered hotkey earns as a miner; who stakes on it earns as it does
 * with validators. The subnet owner's position also gets the owner's cut, so all its pay counts as the owner's. A uid that
 * both mined and validated is split by its computed incentive, where the chain says it.
 * @param seats as they were when the epoch was paid: before the block's extrinsics
 * @param incentiveRao computed incentive by uid; undefined before spec 315
 * @param autoStakes of the subnet in this block
 */
export function payParts(
  position: PositionId,
  amountRao: number,
  seats: SubnetSeats,
  facts: EpochFacts,
  incentiveRao: readonly bigint[] | undefined,
  autoStakes: readonly AutoStake[],
): PayPart[] {
  const parts: PayPart[] = [];
  let leftRao = amountRao;
  for (const stake of autoStakes) {
    if (stake.destination !== position.hotkey || stake.coldkey !== position.coldkey) continue;
    const partRao = Math.min(leftRao, stake.amountRao);
    if (partRao > 0) parts.push({ role: "miner", uid: seats.uidOf(stake.hotkey), amountRao: partRao });
    leftRao -= partRao;
  }
  if (leftRao > 0) parts.push(...ownParts(position, leftRao, seats, facts, incentiveRao));
  return parts;
}

function ownParts(
  position: PositionId,
  amountRao: number,
  seats: SubnetSeats,
  { incentive, dividends, owner }: EpochFacts,
  incentiveRao: readonly bigint[] | undefined,
): PayPart[] {
  const uid = seats.uidOf(position.hotkey);
  const all = (role: Role): PayPart[] => [{ role, uid, amountRao }];
  if (position.hotkey === owner.hotkey && position.coldkey === owner.coldkey) return all("owner");
  if (uid < 0 || !seats.isOwners(position.hotkey, position.coldkey)) return all("validator");
  const computedRao = incentiveRao?.[uid];
  const mined = computedRao === undefined ? (incentive[uid] ?? 0) > 0 : computedRao > 0n;
  const validated = (dividends[uid] ?? 0) > 0;
  if (!validated) return all(mined || incentive.length === 0 ? "miner" : "validator");
  if (!mined || computedRao === undefined) return all("validator");
  const minedRao = Math.min(amountRao, Number(computedRao));
  const parts: PayPart[] = [{ role: "miner", uid, amountRao: minedRao }];
  if (amountRao > minedRao) parts.push({ role: "validator", uid, amountRao: amountRao - minedRao });
  return parts;
}
