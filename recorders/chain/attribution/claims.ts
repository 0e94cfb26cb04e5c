import type { ChainClient } from "../rpc/chain-client.js";
import type { PositionId } from "../storage/position-id.js";
import { readStakingHotkeys } from "../storage/read-seats.js";
import type { BlockStory, Movement } from "./block-story.js";
import type { TrackedPositions } from "./tracked-positions.js";

/** A coldkey that may have claimed on a subnet. */
export interface Claimant {
  readonly netuid: number;
  readonly coldkey: string;
}

/**
 * Root claims that the chain made by itself, since the last edge of each subnet. It makes some for whoever is due in every
 * block, so measuring each at its block would take several requests a block; what they brought is measured at the edge.
 */
export class PendingClaims {
  readonly #coldkeys = new Map<number, Set<string>>();

  /** May a position have got something by a claim? */
  has({ netuid, coldkey }: PositionId): boolean {
    return this.#coldkeys.get(netuid)?.has(coldkey) === true;
  }

  /** Of some subnets. */
  on(netuids: readonly number[]): Claimant[] {
    return netuids.flatMap((netuid) => [...(this.#coldkeys.get(netuid) ?? [])].map((coldkey) => ({ netuid, coldkey })));
  }

  /** Takes the claims of a block. Who swaps its coldkey takes what it claimed along. */
  take(netuids: readonly number[], { claims, movements }: BlockStory): void {
    for (const netuid of netuids) {
      let coldkeys = this.#coldkeys.get(netuid);
      if (coldkeys === undefined) {
        coldkeys = new Set();
        this.#coldkeys.set(netuid, coldkeys);
      }
      for (const { coldkey } of claims) coldkeys.add(coldkey);
      for (const coldkey of withNewKeys([...coldkeys], movements)) coldkeys.add(coldkey);
    }
  }

  clear(netuid: number): void {
    this.#coldkeys.delete(netuid);
  }
}

/** Coldkeys, and those that they were swapped for in a block. */
export function withNewKeys(coldkeys: readonly string[], movements: readonly Movement[]): string[] {
  const all = new Set(coldkeys);
  for (const movement of movements) {
    if (movement.kind === "coldkey_swapped" && all.has(movement.key)) all.add(movement.toKey);
  }
  return [...all];
}

/**
 * Tracks, as candidates, the positions that claims may have made: of each claimant on every hotkey it stakes on.
 * @param hashes of the blocks whose state says where it stakes
 */
export async function trackClaimants(
  client: ChainClient,
  positions: TrackedPositions,
  claimants: readonly Claimant[],
  hashes: readonly string[],
): Promise<void> {
  const coldkeys = [...new Set(claimants.map(({ coldkey }) => coldkey))];
  for (const staking of await Promise.all(hashes.map((hash) => readStakingHotkeys(client, coldkeys, hash)))) {
    for (const { netuid, coldkey } of claimants) {
      for (const hotkey of staking.get(coldkey) ?? []) positions.trackCandidate({ netuid, hotkey, coldkey });
    }
  }
}

/** Each claim changes what a hotkey has in all, which the chain rounds for everybody who staked on it. */
export function noteClaims(positions: TrackedPositions, claimants: readonly Claimant[]): void {
  for (const { netuid, coldkey } of claimants) for (const position of positions.having(netuid, { coldkey })) positions.note(position);
}
