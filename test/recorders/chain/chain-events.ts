import type { ChainEvent } from "../../../recorders/chain/runtime/chain-event.js";

/** Accounts by letter. */
export const [A, B, C, H, I, J] = ["a1", "b2", "c3", "d4", "e5", "f6"].map((byte) => `0x${byte.repeat(32)}`);

type Fields = Omit<ChainEvent, "name" | "event" | "extrinsic">;

/** The events of a block: in the extrinsic that was begun last, each with the next index. */
export class Events {
  readonly all: ChainEvent[] = [];
  #extrinsic = -1;

  /** What follows is of this extrinsic. */
  in(extrinsic: number): this {
    this.#extrinsic = extrinsic;
    return this;
  }

  add(name: string, fields: Fields): this {
    this.all.push({ name, extrinsic: this.#extrinsic, event: this.all.length, ...fields });
    return this;
  }

  /** Events that a recorder does not read lie between. */
  skip(): this {
    this.all.push({ name: "TransactionFeePaid", extrinsic: this.#extrinsic, event: this.all.length, coldkey: C });
    return this;
  }

  added(coldkey: string, hotkey: string, netuid: number, alphaRao: bigint, feeRao = 3n): this {
    return this.add("StakeAdded", { coldkey, hotkey, netuid, alphaRao, taoRao: alphaRao / 2n, feeRao });
  }

  removed(coldkey: string, hotkey: string, netuid: number, alphaRao: bigint, feeRao = 3n): this {
    return this.add("StakeRemoved", { coldkey, hotkey, netuid, alphaRao, taoRao: alphaRao / 2n, feeRao });
  }

  moved(coldkey: string, hotkey: string, netuid: number, toHotkey: string, toNetuid: number): this {
    return this.add("StakeMoved", { coldkey, hotkey, netuid, toHotkey, toNetuid, taoRao: 1n });
  }

  transferred(coldkey: string, toColdkey: string, hotkey: string, netuid: number, toNetuid: number): this {
    return this.add("StakeTransferred", { coldkey, toColdkey, hotkey, netuid, toNetuid, taoRao: 1n });
  }

  swapped(coldkey: string, hotkey: string, netuid: number, toNetuid: number): this {
    return this.add("StakeSwapped", { coldkey, hotkey, netuid, toNetuid, taoRao: 1n });
  }
}
