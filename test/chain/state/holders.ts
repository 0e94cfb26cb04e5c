import type { Account } from "../account.js";

/**
 * Which coldkeys ever held shares under which hotkey of which subnet: an index for walking pools. It only grows, for
 * whoever walks it asks the state what is left.
 */
export class Holders {
  readonly #bySubnet = new Map<number, Map<Account, Set<Account>>>();

  add(netuid: number, hotkey: Account, coldkey: Account): void {
    let hotkeys = this.#bySubnet.get(netuid);
    if (hotkeys === undefined) {
      hotkeys = new Map();
      this.#bySubnet.set(netuid, hotkeys);
    }
    const coldkeys = hotkeys.get(hotkey);
    if (coldkeys === undefined) hotkeys.set(hotkey, new Set([coldkey]));
    else coldkeys.add(coldkey);
  }

  subnets(): number[] {
    return [...this.#bySubnet.keys()];
  }

  hotkeys(netuid: number): Account[] {
    return [...(this.#bySubnet.get(netuid)?.keys() ?? [])];
  }

  coldkeys(netuid: number, hotkey: Account): Account[] {
    return [...(this.#bySubnet.get(netuid)?.get(hotkey) ?? [])];
  }
}
