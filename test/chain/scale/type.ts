/** A type of the runtime: what the metadata declares, and what values are encoded by. */
export type Type = PrimitiveType | FixedBytesType | CompactType | SequenceType | TupleType | CompositeType | VariantType;

export type PrimitiveName = "bool" | "str" | "u8" | "u16" | "u32" | "u64" | "u128" | "i32" | "i64";

export interface PrimitiveType {
  readonly kind: "primitive";
  readonly name: PrimitiveName;
}

/** A named newtype of some bytes, like AccountId32; values are `0x` hex. */
export interface FixedBytesType {
  readonly kind: "fixedBytes";
  readonly path: readonly string[];
  readonly bytes: number;
}

export interface CompactType {
  readonly kind: "compact";
  readonly of: Type;
}

export interface SequenceType {
  readonly kind: "sequence";
  readonly of: Type;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly of: readonly Type[];
}

/** A struct. `params` are the type's own parameters, which decoders read from an extrinsic's type. */
export interface CompositeType {
  readonly kind: "composite";
  readonly path: readonly string[];
  readonly fields: readonly Field[];
  readonly params?: readonly TypeParameter[];
}

export interface VariantType {
  readonly kind: "variant";
  readonly path: readonly string[];
  readonly variants: readonly Variant[];
  readonly params?: readonly TypeParameter[];
}

export interface Field {
  readonly name?: string;
  readonly type: Type;
}

export interface Variant {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly Field[];
}

export interface TypeParameter {
  readonly name: string;
  readonly type: Type;
}

export function primitive(name: PrimitiveName): PrimitiveType {
  return { kind: "primitive", name };
}

export function compactOf(of: Type): CompactType {
  return { kind: "compact", of };
}

export function sequenceOf(of: Type): SequenceType {
  return { kind: "sequence", of };
}

export function tupleOf(...of: Type[]): TupleType {
  return { kind: "tuple", of };
}

export function composite(path: string, fields: Readonly<Record<string, Type>>): CompositeType {
  return { kind: "composite", path: path.split("::"), fields: namedFields(fields) };
}

/** Cases without fields, numbered in their order. */
export function plainVariant(path: string, names: readonly string[]): VariantType {
  return { kind: "variant", path: path.split("::"), variants: names.map((name, index) => ({ name, index, fields: [] })) };
}

export function namedFields(fields: Readonly<Record<string, Type>>): Field[] {
  return Object.entries(fields).map(([name, type]) => ({ name, type }));
}

export function unnamedFields(...types: Type[]): Field[] {
  return types.map((type) => ({ type }));
}
