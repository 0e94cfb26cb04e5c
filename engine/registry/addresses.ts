/** Addresses as small integer ids, in the order in which they were first met. */
export class AddressBook {
  readonly #names: string[] = [];
  readonly #ids = new Map<string, number>();

  /** The id of an address; a new one when it was not met before. */
  intern(address: string): number {
    let id = this.#ids.get(address);
    if (id === undefined) {
      id = this.#names.length;
      this.#names.push(address);
      this.#ids.set(address, id);
    }
    return id;
  }

  find(address: string): number | undefined {
    return this.#ids.get(address);
  }

  /** The address of an id; empty for -1 (none). */
  nameOf(id: number): string {
    return id < 0 ? "" : (this.#names[id] ?? "");
  }

  get size(): number {
    return this.#names.length;
  }
}
