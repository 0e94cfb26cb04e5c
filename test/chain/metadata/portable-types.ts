import { u8Type } from "../scale/common-types.js";
import { compact, text, u8, u32, vector } from "../scale/hex.js";
import type { Field, PrimitiveName, Type, TypeParameter } from "../scale/type.js";

/** SCALE tags of scale-info's TypeDef and of its primitives. */
const COMPOSITE = "00";
const VARIANT = "01";
const SEQUENCE = "02";
const ARRAY = "03";
const TUPLE = "04";
const PRIMITIVE = "05";
const COMPACT = "06";
const PRIMITIVE_TAGS: Readonly<Record<PrimitiveName, number>> = {
  bool: 0,
  str: 2,
  u8: 3,
  u16: 4,
  u32: 5,
  u64: 6,
  u128: 7,
  i32: 11,
  i64: 12,
};
const NO_DOCS = "00";
const NONE = "00";

/** The type registry of a runtime's metadata: gives each declared type its number. */
export class PortableTypes {
  readonly #ids = new Map<Type, number>();
  readonly #encoded: string[] = [];

  /** The number of a type, which it and the types within it get when first asked for. */
  id(type: Type): number {
    const known = this.#ids.get(type);
    if (known !== undefined) return known;
    const id = this.#reserve();
    this.#ids.set(type, id);
    this.#encoded[id] = this.#encode(type);
    return id;
  }

  /** SCALE of the whole registry, hex. */
  encoded(): string {
    return vector(this.#encoded.map((type, id) => compact(id) + type));
  }

  #reserve(): number {
    return this.#encoded.push("") - 1;
  }

  #encode(type: Type): string {
    switch (type.kind) {
      case "primitive":
        return anonymous(PRIMITIVE + u8(PRIMITIVE_TAGS[type.name]));
      case "compact":
        return anonymous(COMPACT + compact(this.id(type.of)));
      case "sequence":
        return anonymous(SEQUENCE + compact(this.id(type.of)));
      case "tuple":
        return anonymous(TUPLE + vector(type.of.map((item) => compact(this.id(item)))));
      case "fixedBytes":
        return path(type.path) + vector([]) + COMPOSITE + vector([this.#field({ type: u8Type }, this.#byteArray(type.bytes))]) + NO_DOCS;
      case "composite":
        return this.#head(type.path, type.params) + COMPOSITE + this.#fields(type.fields) + NO_DOCS;
      case "variant": {
        const variants = type.variants.map((each) => text(each.name) + this.#fields(each.fields) + u8(each.index) + NO_DOCS);
        return this.#head(type.path, type.params) + VARIANT + vector(variants) + NO_DOCS;
      }
    }
  }

  #head(names: readonly string[], params: readonly TypeParameter[] = []): string {
    return path(names) + vector(params.map((each) => `${text(each.name)}01${compact(this.id(each.type))}`));
  }

  #fields(fields: readonly Field[]): string {
    return vector(fields.map((field) => this.#field(field, this.id(field.type))));
  }

  #field(field: Field, id: number): string {
    return (field.name === undefined ? NONE : `01${text(field.name)}`) + compact(id) + NONE + NO_DOCS;
  }

  /** Fixed arrays occur within named bytes alone, so that they are no declared type. */
  #byteArray(length: number): number {
    const id = this.#reserve();
    this.#encoded[id] = anonymous(ARRAY + u32(length) + compact(this.id(u8Type)));
    return id;
  }
}

function anonymous(definition: string): string {
  return vector([]) + vector([]) + definition + NO_DOCS;
}

function path(names: readonly string[]): string {
  return vector(names.map(text));
}
