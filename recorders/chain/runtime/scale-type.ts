import type { PortableRegistry } from "@polkadot/types";
import type { SiLookupTypeId } from "@polkadot/types/interfaces";
import { hexOf, unsigned } from "../little-endian.js";

/**
 * A value as it is read: integers up to 32 bits as number, wider ones as bigint; 32 bytes (accounts, hashes) and other byte
 * arrays as hex; sequences, arrays and tuples as array; a struct as object; a struct of one field as that field;
 * an enum's case as `{name, fields}`.
 */
export type ScaleValue = number | bigint | boolean | string | null | ScaleValue[] | { [name: string]: ScaleValue } | ScaleCase;
export interface ScaleCase {
  readonly name: string;
  readonly fields: ScaleValue[];
}

/** Where a value is read at. */
export interface Reader {
  readonly bytes: Buffer;
  at: number;
}

/** How the values of one type are passed over and read. */
export interface ScaleType {
  /** In the words of the metadata: `u64`, `AccountId32`, `Vec<u64>`. */
  readonly name: string;
  /** Moves the reader behind a value. */
  skip(reader: Reader): void;
  read(reader: Reader): ScaleValue;
}

const PRIMITIVE_BYTES: Readonly<Record<string, number>> = { U8: 1, U16: 2, U32: 4, U64: 8, U128: 16, U256: 32, Char: 4 };
const SIGNED_BYTES: Readonly<Record<string, number>> = { I8: 1, I16: 2, I32: 4, I64: 8, I128: 16, I256: 32 };

function move(reader: Reader, bytes: number): void {
  reader.at += bytes;
  if (reader.at > reader.bytes.length) throw new RangeError("the bytes end inside a value");
}

function take(reader: Reader, bytes: number): Buffer {
  const from = reader.at;
  move(reader, bytes);
  return reader.bytes.subarray(from, reader.at);
}

/** A compact integer of SCALE. */
export function readCompact(reader: Reader): bigint {
  const first = take(reader, 1)[0];
  const mode = first & 3;
  if (mode === 3) return unsigned(take(reader, (first >> 2) + 4));
  reader.at -= 1;
  return unsigned(take(reader, 1 << mode)) >> 2n;
}

function readLength(reader: Reader): number {
  const length = readCompact(reader);
  // Every element but of an empty type takes a byte at least; a wrong length would run on for long.
  if (length > BigInt(reader.bytes.length)) throw new RangeError(`a sequence of ${length} elements in ${reader.bytes.length} bytes`);
  return Number(length);
}

/**
 * The types of a runtime's metadata, made into readers on demand. Events must be walked one by one, since SCALE does not say
 * how long they are; walking them by the types alone takes a microsecond where building an object for each took eighty.
 */
export class ScaleTypes {
  readonly #made = new Map<number, ScaleType>();

  constructor(private readonly lookup: PortableRegistry) {}

  of(id: SiLookupTypeId | number): ScaleType {
    const key = typeof id === "number" ? id : id.toNumber();
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    // A type may contain itself, so it is there before its parts are.
    let target: ScaleType | undefined;
    const made: ScaleType = {
      get name() {
        return target?.name ?? `type ${key}`;
      },
      skip: (reader) => (target as ScaleType).skip(reader),
      read: (reader) => (target as ScaleType).read(reader),
    };
    this.#made.set(key, made);
    target = this.#make(key);
    this.#made.set(key, target);
    return target;
  }

  #make(key: number): ScaleType {
    const { def, path } = this.lookup.getSiType(key as unknown as SiLookupTypeId);
    const last = path.length === 0 ? undefined : path[path.length - 1].toString();
    if (def.isPrimitive) return primitive(def.asPrimitive.type);
    if (def.isCompact) return { name: `Compact<${this.of(def.asCompact.type).name}>`, skip: readCompact, read: readCompact };
    if (def.isSequence) return sequence(this.of(def.asSequence.type));
    if (def.isArray) return array(this.of(def.asArray.type), def.asArray.len.toNumber());
    if (def.isTuple) return tuple(def.asTuple.map((id) => this.of(id)));
    if (def.isComposite) {
      const fields = def.asComposite.fields.map(({ name, type }) => ({
        name: name.isSome ? name.unwrap().toString() : undefined,
        type: this.of(type),
      }));
      return struct(last, fields);
    }
    if (def.isVariant) {
      const cases = def.asVariant.variants.map((variant) => ({
        index: variant.index.toNumber(),
        name: variant.name.toString(),
        fields: variant.fields.map(({ type }) => this.of(type)),
      }));
      return choice(last ?? "enum", cases);
    }
    const unsupported = `a type that events do not hold (${def.type})`;
    const refuse = () => {
      throw new RangeError(unsupported);
    };
    return { name: unsupported, skip: refuse, read: refuse };
  }
}

function primitive(name: string): ScaleType {
  if (name === "Bool") return fixed("bool", 1, (bytes) => bytes[0] === 1);
  if (name === "Str") {
    return {
      name: "Text",
      skip: (reader) => move(reader, readLength(reader)),
      read: (reader) => take(reader, readLength(reader)).toString("utf8"),
    };
  }
  const wide = (bytes: Buffer) => unsigned(bytes);
  if (name in PRIMITIVE_BYTES) {
    const size = PRIMITIVE_BYTES[name];
    return fixed(name.toLowerCase(), size, size <= 4 ? (bytes) => bytes.readUIntLE(0, size) : wide);
  }
  const size = SIGNED_BYTES[name];
  return fixed(
    name.toLowerCase(),
    size,
    size <= 4 ? (bytes) => bytes.readIntLE(0, size) : (bytes) => BigInt.asIntN(size * 8, unsigned(bytes)),
  );
}

function fixed(name: string, size: number, read: (bytes: Buffer) => ScaleValue): ScaleType {
  return { name, skip: (reader) => move(reader, size), read: (reader) => read(take(reader, size)) };
}

function sequence(element: ScaleType): ScaleType {
  return {
    name: `Vec<${element.name}>`,
    skip: (reader) => {
      const length = readLength(reader);
      for (let index = 0; index < length; index++) element.skip(reader);
    },
    read: (reader) => {
      const length = readLength(reader);
      if (element.name === "u8") return hexOf(take(reader, length));
      return Array.from({ length }, () => element.read(reader));
    },
  };
}

function array(element: ScaleType, length: number): ScaleType {
  const name = `[${element.name}; ${length}]`;
  if (element.name === "u8") return fixed(name, length, hexOf);
  return {
    name,
    skip: (reader) => {
      for (let index = 0; index < length; index++) element.skip(reader);
    },
    read: (reader) => Array.from({ length }, () => element.read(reader)),
  };
}

function tuple(parts: readonly ScaleType[]): ScaleType {
  return {
    name: `(${parts.map(({ name }) => name).join(", ")})`,
    skip: (reader) => {
      for (const part of parts) part.skip(reader);
    },
    read: (reader) => parts.map((part) => part.read(reader)),
  };
}

interface Field {
  readonly name: string | undefined;
  readonly type: ScaleType;
}

/** A struct of one field without a name (`AccountId32`, `TaoBalance`, `NetUid`) is what it holds. */
function struct(own: string | undefined, fields: readonly Field[]): ScaleType {
  const skip = (reader: Reader) => {
    for (const { type } of fields) type.skip(reader);
  };
  if (fields.length === 1) {
    const { type } = fields[0];
    // Numbers keep the name of the number: what a chain calls its u64 changes from runtime to runtime.
    const name = /^[ui]\d+$/.test(type.name) ? type.name : (own ?? type.name);
    return { name, skip, read: (reader) => type.read(reader) };
  }
  const named = fields.every(({ name }) => name !== undefined);
  return {
    name: own ?? "struct",
    skip,
    read: (reader) =>
      named
        ? Object.fromEntries(fields.map(({ name, type }) => [name as string, type.read(reader)]))
        : fields.map(({ type }) => type.read(reader)),
  };
}

interface Case {
  readonly index: number;
  readonly name: string;
  readonly fields: readonly ScaleType[];
}

function choice(own: string, cases: readonly Case[]): ScaleType {
  const byIndex: (Case | undefined)[] = [];
  for (const one of cases) byIndex[one.index] = one;
  const next = (reader: Reader): Case => {
    const index = take(reader, 1)[0];
    const found = byIndex[index];
    if (found === undefined) throw new RangeError(`case ${index} of ${own}, which has none`);
    return found;
  };
  return {
    name: own,
    skip: (reader) => {
      for (const field of next(reader).fields) field.skip(reader);
    },
    read: (reader) => {
      const { name, fields } = next(reader);
      return { name, fields: fields.map((field) => field.read(reader)) };
    },
  };
}
