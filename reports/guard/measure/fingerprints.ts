import { createHash, type Hash } from "node:crypto";

/** Values that are gathered before they are hashed. */
const GATHERED = 256;

/** One fingerprint a subject, of the values that are put under it, in their order. */
export class Fingerprints {
  readonly #hashes = new Map<number, Gathering>();

  put(subject: number, ...values: readonly number[]): void {
    let own = this.#hashes.get(subject);
    if (own === undefined) {
      own = new Gathering();
      this.#hashes.set(subject, own);
    }
    own.put(values);
  }

  /** SHA-256 of what was put; undefined: nothing was. Asked once a subject, at the end. */
  of(subject: number): Buffer | undefined {
    return this.#hashes.get(subject)?.digest();
  }
}

class Gathering {
  readonly #hash: Hash = createHash("sha256");
  readonly #values = new Float64Array(GATHERED);
  #count = 0;

  put(values: readonly number[]): void {
    if (this.#count + values.length > GATHERED) this.#flush();
    for (const value of values) this.#values[this.#count++] = value;
  }

  digest(): Buffer {
    this.#flush();
    return this.#hash.digest();
  }

  #flush(): void {
    this.#hash.update(new Uint8Array(this.#values.buffer, 0, this.#count * 8));
    this.#count = 0;
  }
}
