/**
 * SCALE of plain numbers and texts as lower-case hex without `0x`. Blocks are built by the ten thousand, so that the
 * encoders write strings and never arrays of bytes.
 */
const scratch = Buffer.alloc(16);
const U64_MASK = (1n << 64n) - 1n;

export function u8(value: number): string {
  scratch.writeUInt8(value);
  return scratch.toString("hex", 0, 1);
}

export function u16(value: number): string {
  scratch.writeUInt16LE(value);
  return scratch.toString("hex", 0, 2);
}

export function u32(value: number): string {
  scratch.writeUInt32LE(value);
  return scratch.toString("hex", 0, 4);
}

export function i32(value: number): string {
  scratch.writeInt32LE(value);
  return scratch.toString("hex", 0, 4);
}

export function u64(value: bigint): string {
  scratch.writeBigUInt64LE(value);
  return scratch.toString("hex", 0, 8);
}

export function i64(value: bigint): string {
  scratch.writeBigInt64LE(value);
  return scratch.toString("hex", 0, 8);
}

export function u128(value: bigint): string {
  scratch.writeBigUInt64LE(value & U64_MASK);
  scratch.writeBigUInt64LE(value >> 64n, 8);
  return scratch.toString("hex", 0, 16);
}

/** The compact form, for values below 2^62 or so (every length, id and weight here is). */
export function compact(value: number | bigint): string {
  const wide = BigInt(value);
  if (wide < 1n << 6n) return u8(Number(wide << 2n));
  if (wide < 1n << 14n) return u16(Number((wide << 2n) | 1n));
  if (wide < 1n << 30n) return u32(Number((wide << 2n) | 2n));
  return `13${u64(wide)}`;
}

/** A sequence of items that are encoded already. */
export function vector(items: readonly string[]): string {
  return compact(items.length) + items.join("");
}

/** UTF-8 with its length. */
export function text(value: string): string {
  const bytes = Buffer.from(value, "utf8");
  return compact(bytes.length) + bytes.toString("hex");
}

/** The unsigned little-endian number of all the bytes of `hex`. */
export function decodeUnsigned(hex: string): bigint {
  if (hex.length <= 16) {
    scratch.fill(0, 0, 8);
    scratch.write(hex, 0, "hex");
    return scratch.readBigUInt64LE();
  }
  scratch.fill(0);
  scratch.write(hex, 0, "hex");
  return scratch.readBigUInt64LE() | (scratch.readBigUInt64LE(8) << 64n);
}

export function decodeI64(hex: string): bigint {
  return BigInt.asIntN(64, decodeUnsigned(hex));
}

/** The items of a sequence whose items all take `itemBytes` (fewer than 2^30 of them). */
export function decodeVector(hex: string, itemBytes: number): string[] {
  const mode = Number.parseInt(hex.slice(0, 2), 16) & 3;
  const prefixDigits = mode === 0 ? 2 : mode === 1 ? 4 : 8;
  const items: string[] = [];
  for (let at = prefixDigits; at < hex.length; at += itemBytes * 2) items.push(hex.slice(at, at + itemBytes * 2));
  return items;
}
