/** Arrays that `packFloats` packed, by name. */
export async function unpackFloats(packed: {
  readonly arrays: readonly (readonly [string, number])[];
  readonly data: string;
}): Promise<Map<string, Float32Array>> {
  const deflated = Uint8Array.from(atob(packed.data), (character) => character.charCodeAt(0));
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const count = bytes.length / 4;
  const bits = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    bits[at] = (bytes[at] << 24) | (bytes[count + at] << 16) | (bytes[2 * count + at] << 8) | bytes[3 * count + at];
  }
  const values = new Float32Array(bits.buffer);
  let from = 0;
  return new Map(
    packed.arrays.map(([name, length]) => {
      from += length;
      return [name, values.subarray(from - length, from)];
    }),
  );
}
