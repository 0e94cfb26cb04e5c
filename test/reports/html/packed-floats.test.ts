import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { packFloats } from "../../../reports/html/packed-floats.js";

/** Reads what was packed by its description alone: four planes of bytes, the highest first. */
function unpacked(packed: ReturnType<typeof packFloats>): Record<string, number[]> {
  const bytes = inflateRawSync(Buffer.from(packed.data, "base64"));
  const count = bytes.length / 4;
  const all = Array.from({ length: count }, (_, at) =>
    Buffer.from([0, 1, 2, 3].map((plane) => bytes[plane * count + at] ?? 0)).readFloatBE(),
  );
  let from = 0;
  return Object.fromEntries(
    packed.arrays.map(([name, length]) => {
      from += length;
      return [name, all.slice(from - length, from)];
    }),
  );
}

const floats = fc.array(fc.oneof(fc.float(), fc.constantFrom(0, 1, 1.5, Number.NaN, 3.4e38, -3.4e38, 1e-45)), { maxLength: 40 });

it("arrays come out to one part in 4,096, nothing of them lost", () => {
  fc.assert(
    fc.property(floats, floats, (a, b) => {
      const found = unpacked(packFloats({ a: Float32Array.from(a), b: Float32Array.from(b) }));
      for (const [given, got] of [
        [a, found.a],
        [b, found.b],
      ] as const) {
        expect(got).toHaveLength(given.length);
        got?.forEach((value, at) => {
          const meant = given[at] as number;
          if (Number.isNaN(meant)) expect(value).toBeNaN();
          // Below the normal numbers there are fewer bits to keep.
          else if (Math.abs(meant) < 1.2e-38) expect(Math.abs(value - meant)).toBeLessThan(1e-41);
          else if (Number.isFinite(meant)) expect(Math.abs(value - meant)).toBeLessThanOrEqual(Math.abs(meant) / 4096);
          else expect(value).toBe(meant);
        });
      }
    }),
  );
});

it("whole small numbers stay exact, and series that repeat take little room", () => {
  const { series } = unpacked(packFloats({ series: Float32Array.from([0, 1, 2, 100, 1000, 4095, 0.5]) }));
  expect(series).toEqual([0, 1, 2, 100, 1000, 4095, 0.5]);
  expect(packFloats({ flat: new Float32Array(10_000).fill(1.2345) }).data.length).toBeLessThan(200);
});
