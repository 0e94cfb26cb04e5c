import { compact, i32, i64, text, u8, u16, u32, u64, u128, vector } from "./hex.js";
import type { Field, PrimitiveName, Type } from "./type.js";

/**
 * A value of a type. Structs are objects (arrays where their fields have no names, the bare value where there is but one
 * without a name), a case without fields is its name, one with fields is `{ name: fields }`.
 */
export type Value = string | number | bigint | boolean | readonly Value[] | { readonly [name: string]: Value };

const PRIMITIVES: Readonly<Record<PrimitiveName, (value: Value) => string>> = {
  bool: (value) => (value === true ? "01" : "00"),
  str: (value) => text(String(value)),
  u8: (value) => u8(Number(value)),
  u16: (value) => u16(Number(value)),
  u32: (value) => u32(Number(value)),
  i32: (value) => i32(Number(value)),
  u64: (value) => u64(BigInt(value as bigint)),
  i64: (value) => i64(BigInt(value as bigint)),
  u128: (value) => u128(BigInt(value as bigint)),
};

/** The SCALE of a value in hex, without `0x`. */
export function encode(type: Type, value: Value): string {
  switch (type.kind) {
    case "primitive":
      return PRIMITIVES[type.name](value);
    case "fixedBytes":
      return String(value).slice(2);
    case "compact":
      return compact(value as bigint);
    case "sequence":
      return vector((value as Value[]).map((item) => encode(type.of, item)));
    case "tuple":
      return type.of.map((item, index) => encode(item, (value as Value[])[index])).join("");
    case "composite":
      return type.fields.length === 1 && type.fields[0].name === undefined
        ? encode(type.fields[0].type, value)
        : encodeFields(type.fields, value);
    case "variant": {
      const name = typeof value === "string" ? value : Object.keys(value as object)[0];
      const variant = type.variants.find((each) => each.name === name);
      if (variant === undefined) throw new Error(`${type.path.join("::")} has no case ${name}`);
      const fields = typeof value === "string" ? [] : (value as Record<string, Value>)[name];
      return u8(variant.index) + encodeFields(variant.fields, fields);
    }
  }
}

/** The fields one after another, from an array or from an object by name. */
export function encodeFields(fields: readonly Field[], value: Value): string {
  let hex = "";
  for (const [index, field] of fields.entries()) {
    const part = Array.isArray(value) ? value[index] : (value as Record<string, Value>)[field.name as string];
    if (part === undefined) throw new Error(`No value for the field ${field.name ?? index}`);
    hex += encode(field.type, part);
  }
  return hex;
}
