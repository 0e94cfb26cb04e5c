import { deflateRawSync } from "node:zlib";

/** Numbers for the script of a page: what they are, and all of them as base64 of deflated bytes. */
export interface PackedFloats {
  /** Name and length of each array, in the order of the bytes. */
  readonly arrays: readonly (readonly [string, number])[];
  readonly data: string;
}

/** Of the 23 bits behind the point of a float32 so many are cut: the rest, one part in 4,096, is finer than a screen. */
const CUT_BITS = 11;

/**
 * Packs arrays for `unpackFloats` of the page's script. Values are rounded to 12 bits; NaN stays. The bytes of all values stand
 * together by their place in the value, the highest first, which deflates to about half.
 */
export function packFloats(arrays: Readonly<Record<string, Float32Array>>): PackedFloats {
  const names = Object.keys(arrays);
  const count = names.reduce((sum, name) => sum + arrays[name].length, 0);
  const bytes = new Uint8Array(count * 4);
  const bits = new Uint32Array(1);
  const value = new Float32Array(bits.buffer);
  let at = 0;
  for (const name of names) {
    for (const one of arrays[name]) {
      value[0] = one;
      const rounded = Number.isFinite(one) ? roundedBits(bits[0]) : bits[0];
      for (let place = 0; place < 4; place++) bytes[place * count + at] = rounded >>> (24 - 8 * place);
      at++;
    }
  }
  return { arrays: names.map((name) => [name, arrays[name].length]), data: deflateRawSync(bytes, { level: 9 }).toString("base64") };
}

/** To the nearest; a carry into the exponent is the next power of two, as it should be. */
function roundedBits(bits: number): number {
  const half = 2 ** (CUT_BITS - 1);
  return bits >= 0xff7fffff - half || (bits & 0x7fffffff) >= 0x7f7fffff - half ? bits : ((bits + half) >>> CUT_BITS) << CUT_BITS;
}
