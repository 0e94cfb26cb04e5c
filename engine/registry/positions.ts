import { imul } from "../kernel/math.js";
import type { AddressBook } from "./addresses.js";

const EMPTY = -1;

/** Positions (netuid, hotkey, coldkey) as small integers, in the order in which they were first met. */
export class Positions {
  netuid = new Int32Array(256);
  hotkey = new Int32Array(256);
  coldkey = new Int32Array(256);
  /** Number of the position on its subnet, by which measurements are ordered. */
  onSubnet = new Int32Array(256);
  count = 0;
  #slots = new Int32Array(1024).fill(EMPTY);

  constructor(private readonly addresses: AddressBook) {}

  /** The position's number; a new one when it was not met before. */
  of(netuid: number, hotkey: number, coldkey: number): number {
    const at = this.#slotOf(netuid, hotkey, coldkey);
    const position = this.#slots[at];
    return position === EMPTY ? this.#add(netuid, hotkey, coldkey, at) : position;
  }

  /** Was it met before? */
  has(netuid: number, hotkey: number, coldkey: number): boolean {
    return this.#slots[this.#slotOf(netuid, hotkey, coldkey)] !== EMPTY;
  }

  /** `netuid/hotkey/coldkey` for messages. */
  nameOf(position: number): string {
    return `${this.netuid[position]}/${this.addresses.nameOf(this.hotkey[position])}/${this.addresses.nameOf(this.coldkey[position])}`;
  }

  /** Address of the position's hotkey, for messages. */
  hotkeyOf(position: number): string {
    return this.addresses.nameOf(this.hotkey[position]);
  }

  /** Where the position's number is, or will be. */
  #slotOf(netuid: number, hotkey: number, coldkey: number): number {
    const mask = this.#slots.length - 1;
    let at = hash(netuid, hotkey, coldkey) & mask;
    for (;;) {
      const position = this.#slots[at];
      if (position === EMPTY) return at;
      if (this.hotkey[position] === hotkey && this.coldkey[position] === coldkey && this.netuid[position] === netuid) return at;
      at = (at + 1) & mask;
    }
  }

  #add(netuid: number, hotkey: number, coldkey: number, at: number): number {
    const position = this.count++;
    if (position === this.netuid.length) {
      this.netuid = widen(this.netuid);
      this.hotkey = widen(this.hotkey);
      this.coldkey = widen(this.coldkey);
      this.onSubnet = widen(this.onSubnet);
    }
    this.netuid[position] = netuid;
    this.hotkey[position] = hotkey;
    this.coldkey[position] = coldkey;
    this.#slots[at] = position;
    if (this.count * 2 > this.#slots.length) this.#rehash();
    return position;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(EMPTY);
    const mask = slots.length - 1;
    for (let position = 0; position < this.count; position++) {
      let at = hash(this.netuid[position], this.hotkey[position], this.coldkey[position]) & mask;
      while (slots[at] !== EMPTY) at = (at + 1) & mask;
      slots[at] = position;
    }
    this.#slots = slots;
  }
}

function hash(netuid: number, hotkey: number, coldkey: number): number {
  let h = imul(hotkey, 0x9e3779b1) ^ imul(coldkey, 0x85ebca6b) ^ imul(netuid, 0xc2b2ae35);
  h ^= h >>> 15;
  return imul(h, 0x2c1b3c6d) >>> 4;
}

function widen(array: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(array.length * 2);
  wider.set(array);
  return wider;
}
