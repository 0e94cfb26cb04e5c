import { Metadata, TypeRegistry } from "@polkadot/types";
import type { EventRecord, SiLookupTypeId } from "@polkadot/types/interfaces";
import { compactToU8a, u8aToHex } from "@polkadot/util";
import fc from "fast-check";

const PRIMITIVE_BYTES: Readonly<Record<string, number>> = {
  U8: 1,
  U16: 2,
  U32: 4,
  U64: 8,
  U128: 16,
  U256: 32,
  I8: 1,
  I16: 2,
  I32: 4,
  I64: 8,
  I128: 16,
  I256: 32,
};
/** Types that hold themselves end here. */
const DEEPEST = 6;

/** A runtime as polkadot.js knows it, and the bytes that its events may have. */
export class EventBytes {
  readonly #registry = new TypeRegistry();
  readonly #metadata: Metadata;

  constructor(metadata: string) {
    this.#metadata = new Metadata(this.#registry, metadata as `0x${string}`);
    this.#registry.setMetadata(this.#metadata, undefined, undefined, true);
  }

  /** Values of System.Events, with any events that the runtime has. */
  get blocks(): fc.Arbitrary<string> {
    const phase = fc.oneof(
      fc.nat(1_000_000).map((extrinsic) => `00${hexOf(this.#registry.createType("u32", extrinsic).toU8a())}`),
      fc.constantFrom("01", "02"),
    );
    const topics = fc.array(fixed(32), { maxLength: 2 }).map((items) => counted(items));
    const record = fc.tuple(phase, this.#anyEvent(), topics).map((parts) => parts.join(""));
    return fc.array(record, { maxLength: 12 }).map((records) => `0x${counted(records)}`);
  }

  /** What polkadot.js makes of a value of System.Events. */
  decode(hex: string): EventRecord[] {
    const records = this.#registry.createType("Vec<EventRecord>", hex);
    if (u8aToHex(records.toU8a()) !== hex) throw new Error("polkadot.js takes these bytes for others");
    return [...records] as unknown as EventRecord[];
  }

  #anyEvent(): fc.Arbitrary<string> {
    const events = this.#metadata.asLatest.pallets.flatMap((pallet) => {
      if (pallet.events.isNone) return [];
      const { variants } = this.#registry.lookup.getSiType(pallet.events.unwrap().type).def.asVariant;
      return variants.map(({ index, fields }) => {
        const head = hexOf(Uint8Array.of(pallet.index.toNumber(), index.toNumber()));
        return fc.tuple(...fields.map(({ type }) => this.#of(type, 0))).map((parts) => head + parts.join(""));
      });
    });
    return fc.oneof(...events);
  }

  /** @param most elements of a sequence */
  #of(id: SiLookupTypeId, depth: number, most = 3): fc.Arbitrary<string> {
    const { def, path } = this.#registry.lookup.getSiType(id);
    const all = (ids: readonly SiLookupTypeId[]) => fc.tuple(...ids.map((one) => this.#of(one, depth + 1))).map((parts) => parts.join(""));
    if (def.isPrimitive) {
      const name = def.asPrimitive.type;
      if (name === "Bool") return fc.constantFrom("00", "01");
      if (name === "Str") return fc.string({ maxLength: 70 }).map((text) => sized(Buffer.from(text, "utf8")));
      return fixed(PRIMITIVE_BYTES[name]);
    }
    if (def.isCompact) {
      const inner = this.#registry.lookup.getSiType(def.asCompact.type).def;
      const bits = 8 * (inner.isPrimitive ? PRIMITIVE_BYTES[inner.asPrimitive.type] : 1);
      return fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }).map((value) => hexOf(compactToU8a(value)));
    }
    if (def.isSequence) {
      if (depth > DEEPEST) return fc.constant("00");
      return fc.array(this.#of(def.asSequence.type, depth + 1), { maxLength: most }).map((items) => counted(items));
    }
    if (def.isArray) {
      const { len, type } = def.asArray;
      const item = this.#of(type, depth + 1);
      return fc.array(item, { minLength: len.toNumber(), maxLength: len.toNumber() }).map((items) => items.join(""));
    }
    if (def.isTuple) return all([...def.asTuple]);
    if (def.isComposite) {
      // Sets and maps are sequences in order, without anything twice: a single element is always that.
      const isOrdered = /^BTree/.test(path.at(-1)?.toString() ?? "");
      return fc
        .tuple(...def.asComposite.fields.map(({ type }) => this.#of(type, depth + 1, isOrdered ? 1 : 3)))
        .map((parts) => parts.join(""));
    }
    if (def.isVariant) {
      const variants = def.asVariant.variants.filter(({ fields }) => depth <= DEEPEST || fields.length === 0);
      const cases = variants.map(({ index, fields }) =>
        all(fields.map(({ type }) => type)).map((hex) => hexOf(Uint8Array.of(index.toNumber())) + hex),
      );
      return fc.oneof(...cases);
    }
    throw new Error(`events hold no ${def.type} (${path.join("::")})`);
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

function fixed(bytes: number): fc.Arbitrary<string> {
  return fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(hexOf);
}

function counted(items: readonly string[]): string {
  return hexOf(compactToU8a(items.length)) + items.join("");
}

function sized(bytes: Uint8Array): string {
  return hexOf(compactToU8a(bytes.length)) + hexOf(bytes);
}
