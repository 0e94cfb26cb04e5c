import { BITTENSOR_PREFIX, encodeSs58, readSs58 } from "./ss58.js";

const HEX_KEY = /^0x[0-9a-fA-F]{64}$/;

/**
 * One form for one public key: SS58 with the prefix in use on Bittensor (42), whatever prefix it was written with, and from
 * a key in hexadecimal (`0x` and 64 digits) too. Text that is neither stays as it is.
 */
export function canonicalAddress(text: string): string {
  if (HEX_KEY.test(text)) return encodeSs58(Uint8Array.from(Buffer.from(text.slice(2), "hex")));
  const read = readSs58(text);
  return read.valid && read.prefix !== BITTENSOR_PREFIX ? encodeSs58(read.key) : text;
}

/** `canonicalAddress` that looks at each text once, and counts the texts that were in another form. */
export class CanonicalAddresses {
  readonly #known = new Map<string, string>();
  #changed = 0;

  of(text: string): string {
    let address = this.#known.get(text);
    if (address === undefined) {
      address = canonicalAddress(text);
      this.#known.set(text, address);
      if (address !== text) this.#changed++;
    }
    return address;
  }

  /** What a reader should know; empty when all were in one form. */
  notes(): string[] {
    if (this.#changed === 0) return [];
    const [are, form] = this.#changed === 1 ? ["1 address is", "its key is"] : [`${this.#changed} addresses are`, "their keys are"];
    return [`${are} in hexadecimal or of another network; ${form} written as SS58 of prefix ${BITTENSOR_PREFIX}.`];
  }
}
