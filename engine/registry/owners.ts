import type { AddressBook } from "./addresses.js";

/** Which coldkeys are one owner's, as a scenario says (`ledger.owner_groups`). */
export class Owners {
  /** Group of a coldkey id. */
  readonly #groups = new Map<number, number>();

  constructor(groups: readonly (readonly string[])[], addresses: AddressBook) {
    groups.forEach((group, number) => {
      for (const coldkey of group) this.#groups.set(addresses.intern(coldkey), number);
    });
  }

  /** Are the two coldkeys one owner's? */
  same(coldkey: number, other: number): boolean {
    if (coldkey === other) return true;
    const group = this.#groups.get(coldkey);
    return group !== undefined && group === this.#groups.get(other);
  }
}
