import { type Data, Utf8, Vector, vectorFromArray } from "apache-arrow";
import type { AddressBook } from "../../engine/index.js";

/**
 * The addresses of one file while it is written, in the order in which its record batches name them, column by column. New ones become a chunk
 * that is appended before the next record batch (a delta dictionary, which the Arrow file format allows and both the
 * library's writer and reader support; replacing a dictionary is what throws). The first chunk object must stay the same
 * for the library to see an appended dictionary and not a replaced one.
 */
export class AddressDictionary {
  #indexes = new Int32Array(64).fill(-1);
  #fresh: string[] = [];
  #chunks: Data<Utf8>[] = [];
  #size = 0;

  constructor(readonly book: AddressBook) {}

  /** Index of an address id of the book in this file. */
  indexOf(id: number): number {
    if (id >= this.#indexes.length) this.#widen(id);
    let index = this.#indexes[id];
    if (index === -1) {
      index = this.#size++;
      this.#indexes[id] = index;
      this.#fresh.push(this.book.nameOf(id));
    }
    return index;
  }

  /** The dictionary with all addresses met so far. */
  vector(): Vector<Utf8> {
    if (this.#fresh.length > 0 || this.#chunks.length === 0) {
      this.#chunks = [...this.#chunks, vectorFromArray(this.#fresh, new Utf8()).data[0]];
      this.#fresh = [];
    }
    return new Vector(this.#chunks);
  }

  #widen(id: number): void {
    const wider = new Int32Array(Math.max(id + 1, this.#indexes.length * 2)).fill(-1);
    wider.set(this.#indexes);
    this.#indexes = wider;
  }
}
