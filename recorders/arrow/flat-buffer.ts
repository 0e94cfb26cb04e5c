/** Part of a table of a FlatBuffer, by the kind of what its slot holds. */
export type FlatSlot =
  | { readonly kind: "scalar"; readonly bytes: 1 | 2 | 4 | 8 }
  | { readonly kind: "text" }
  /** Numbers or records of a fixed size. */
  | { readonly kind: "list"; readonly bytes: number }
  | { readonly kind: "table"; readonly of: () => FlatShape }
  | { readonly kind: "tables"; readonly of: () => FlatShape }
  /** A table of the shape that the slot before names by its place in the list. */
  | { readonly kind: "choice"; readonly of: readonly (FlatShape | undefined)[] };

/** What the slots of a table hold, in their order. */
export type FlatShape = readonly FlatSlot[];

/** A FlatBuffer that points out of itself, nests without end or names a kind of table that there is not. */
export class BadFlatBufferError extends Error {}

const DEEPEST = 64;
/** Writers may share a text or a table, but not so that reading all of it takes many times its size. */
const MOST_SHARED = 8;
/** Places inside a table are 16 bits with a sign to the library. */
const LARGEST_TABLE = 32_767;

function check(holds: boolean): asserts holds {
  if (!holds) throw new BadFlatBufferError("a FlatBuffer that points out of itself");
}

/**
 * A FlatBuffer of which every table, list and text lies inside of it, so that the library, which takes all of that on trust,
 * ends with it. What is pointed to more than once is read anew each time, and may not add up to much more than there is.
 * The layout is that of https://flatbuffers.dev/internals.
 */
export class FlatBuffer {
  readonly #view: DataView;
  readonly root: number;
  /** Bytes of all that was checked; what is pointed to twice counts twice. */
  #read = 0;

  /** @throws BadFlatBufferError */
  constructor(bytes: Uint8Array, shape: FlatShape) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.root = this.#target(0);
    this.#checkTable(this.root, shape, 0);
  }

  /** Place of what a slot of a table holds; 0 when it holds nothing. */
  #slot(table: number, slot: number): number {
    const vtable = table - this.#view.getInt32(table, true);
    const at = 4 + 2 * slot;
    if (at + 2 > this.#view.getUint16(vtable, true)) return 0;
    const offset = this.#view.getUint16(vtable + at, true);
    return offset === 0 ? 0 : table + offset;
  }

  /** A number of 64 bits in a table; 0 when it is not there. */
  long(table: number, slot: number): bigint {
    const at = this.#slot(table, slot);
    return at === 0 ? 0n : this.#view.getBigInt64(at, true);
  }

  /** A number of 8 bits in a table; 0 when it is not there. */
  byte(table: number, slot: number): number {
    const at = this.#slot(table, slot);
    return at === 0 ? 0 : this.#view.getUint8(at);
  }

  /** A number of 16 bits in a table; 0 when it is not there. */
  short(table: number, slot: number): number {
    const at = this.#slot(table, slot);
    return at === 0 ? 0 : this.#view.getInt16(at, true);
  }

  /** The table that a slot points to; undefined when it points to none. */
  table(table: number, slot: number): number | undefined {
    const at = this.#slot(table, slot);
    return at === 0 ? undefined : this.#target(at);
  }

  /** The entries of a list, each where it begins. */
  *entries(table: number, slot: number, bytes: number): Generator<DataView> {
    const list = this.table(table, slot);
    if (list === undefined) return;
    const count = this.#view.getInt32(list, true);
    const { buffer, byteOffset } = this.#view;
    for (let entry = 0; entry < count; entry++) yield new DataView(buffer, byteOffset + list + 4 + entry * bytes, bytes);
  }

  /** The tables of a list of them. */
  *tables(table: number, slot: number): Generator<number> {
    const list = this.table(table, slot);
    if (list === undefined) return;
    const count = this.#view.getInt32(list, true);
    for (let entry = 0; entry < count; entry++) yield this.#target(list + 4 + 4 * entry);
  }

  #checkTable(table: number, shape: FlatShape, depth: number): void {
    check(depth <= DEEPEST);
    this.#count(4);
    const vtable = table - this.#int(table);
    check(vtable >= 0 && vtable + 4 <= this.#view.byteLength);
    const [slotBytes, tableBytes] = [this.#view.getUint16(vtable, true), this.#view.getUint16(vtable + 2, true)];
    check(slotBytes >= 4 && slotBytes % 2 === 0 && slotBytes <= LARGEST_TABLE && vtable + slotBytes <= this.#view.byteLength);
    check(tableBytes >= 4 && tableBytes <= LARGEST_TABLE && table + tableBytes <= this.#view.byteLength);
    for (const [index, slot] of shape.entries()) {
      const at = this.#slot(table, index);
      if (at === 0) continue;
      check(at + (slot.kind === "scalar" ? slot.bytes : 4) <= table + tableBytes);
      this.#checkSlot(table, index, at, slot, depth);
    }
  }

  #checkSlot(table: number, index: number, at: number, slot: FlatSlot, depth: number): void {
    switch (slot.kind) {
      case "scalar":
        return;
      case "text":
        this.#checkList(at, 1);
        return;
      case "list":
        this.#checkList(at, slot.bytes);
        return;
      case "table":
        this.#checkTable(this.#target(at), slot.of(), depth + 1);
        return;
      case "tables": {
        const { from, count } = this.#checkList(at, 4);
        for (let entry = 0; entry < count; entry++) this.#checkTable(this.#target(from + 4 * entry), slot.of(), depth + 1);
        return;
      }
      case "choice": {
        const shape = slot.of[this.byte(table, index - 1)];
        if (shape === undefined) throw new BadFlatBufferError("a FlatBuffer with a kind of table that there is not");
        this.#checkTable(this.#target(at), shape, depth + 1);
      }
    }
  }

  #checkList(at: number, bytes: number): { readonly from: number; readonly count: number } {
    const list = this.#target(at);
    const count = this.#int(list);
    check(count >= 0 && list + 4 + count * bytes <= this.#view.byteLength);
    this.#count(count * bytes);
    return { from: list + 4, count };
  }

  #count(bytes: number): void {
    this.#read += bytes;
    check(this.#read <= MOST_SHARED * this.#view.byteLength);
  }

  #int(at: number): number {
    check(at >= 0 && at + 4 <= this.#view.byteLength);
    return this.#view.getInt32(at, true);
  }

  /** Only forward, so that nothing is inside itself. */
  #target(at: number): number {
    const offset = this.#int(at);
    check(offset > 0 && at + offset + 4 <= this.#view.byteLength);
    return at + offset;
  }
}
