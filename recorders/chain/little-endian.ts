/** Bytes of a hex text (`0x…`). */
export function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.startsWith("0x") ? hex.slice(2) : hex, "hex");
}

/** `0x` and the bytes in hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;
}

/** An unsigned integer of any width, lowest byte first, as SCALE writes it. */
export function unsigned(bytes: Buffer): bigint {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at]);
  return value;
}

/** A `Vec<u16>` of SCALE. */
export function vectorOf16(hex: string | null): number[] {
  return vector(hex, 2).map(Number);
}

/** A `Vec<u64>` of SCALE. */
export function vectorOf64(hex: string | null): bigint[] {
  return vector(hex, 8);
}

/** A vector of unsigned integers of one width; a value that was never written is empty. */
function vector(hex: string | null, width: number): bigint[] {
  if (hex === null) return [];
  const bytes = bytesOf(hex);
  const { length, at } = compactLength(bytes);
  if (bytes.length !== at + length * width) throw new RangeError(`a vector of ${length} values of ${width} bytes in ${bytes.length} bytes`);
  return Array.from({ length }, (_, index) => unsigned(bytes.subarray(at + index * width, at + (index + 1) * width)));
}

/** The compact length at the head of a SCALE vector, and where its values begin. */
export function compactLength(bytes: Buffer): { readonly length: number; readonly at: number } {
  const mode = bytes[0] & 3;
  if (mode === 0) return { length: bytes[0] >> 2, at: 1 };
  if (mode === 1) return { length: bytes.readUInt16LE(0) >> 2, at: 2 };
  if (mode === 2) return { length: bytes.readUInt32LE(0) >>> 2, at: 4 };
  throw new RangeError("a vector of more than 2^30 values");
}
