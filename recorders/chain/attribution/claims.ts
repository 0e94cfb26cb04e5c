import type { ChainClient } from "../rpc/chain-client.js";
import type { PositionId } from "../storage/position-id.js";
import { readStakingHotkeys } from "../storage/read-seats.js";
import type { TrackedPositions } from "./tracked-positions.js";

/**
 * Root claims that the chain made by itself, since the last edge of each subnet. It makes some for whoever is due in every
 * block, so measuring each at its block would take several requests a block; what they brought is measured at the edge.
 */
export class PendingClaims {
  readonly #coldkeys = new Map<number, Set<string>>();

  add(netuid: number, coldkey: string): void {
    const coldkeys = this.#coldkeys.get(netuid);
    if (coldkeys === undefined) this.#coldkeys.set(netuid, new Set([coldkey]));
    else coldkeys.add(coldkey);
  }

  /** May a position have got something by a claim? */
  has({ netuid, coldkey }: PositionId): boolean {
    return this.#coldkeys.get(netuid)?.has(coldkey) === true;
  }

  clear(netuid: number): void {
    this.#coldkeys.delete(netuid);
  }

  /**
   * Tracks the positions that claims may have made: of each claimant on every hotkey it stakes on.
   * @returns those that were not tracked before
   */
  async track(client: ChainClient, positions: TrackedPositions, netuids: readonly number[], hash: string): Promise<PositionId[]> {
    const claimants = new Set(netuids.flatMap((netuid) => [...(this.#coldkeys.get(netuid) ?? [])]));
    const staking = await readStakingHotkeys(client, [...claimants], hash);
    const added: PositionId[] = [];
    for (const netuid of netuids) {
      for (const coldkey of this.#coldkeys.get(netuid) ?? []) {
        for (const hotkey of staking.get(coldkey) ?? []) {
          const id = { netuid, hotkey, coldkey };
          if (positions.isTracked(id)) continue;
          positions.track(id);
          added.push(id);
        }
      }
    }
    return added;
  }
}
