import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStreams } from "../../../engine/index.js";

const draw = (stream: () => number, count: number): number[] => Array.from({ length: count }, () => stream());

describe("randomStreams", () => {
  it("gives the same numbers for the same seed, replicate and name, in [0, 1)", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), fc.string(), (seed, replicate, name) => {
        const numbers = draw(randomStreams(seed, replicate)(name), 20);
        expect(draw(randomStreams(seed, replicate)(name), 20)).toEqual(numbers);
        for (const number of numbers) expect(number >= 0 && number < 1).toBe(true);
      }),
    );
  });

  it("does not shift a stream where another is added or drawn from", () => {
    const random = randomStreams(7, 0);
    const alone = draw(random("miner/42/sell"), 10);
    const again = randomStreams(7, 0);
    const other = again("miner/43/sell");
    const stream = again("miner/42/sell");
    const interleaved: number[] = [];
    for (let i = 0; i < 10; i++) {
      draw(other, i);
      interleaved.push(stream());
    }
    expect(interleaved).toEqual(alone);
  });

  it("gives other numbers for another seed, replicate or name", () => {
    const first = [
      [1, 0, "a"],
      [2, 0, "a"],
      [1, 1, "a"],
      [1, 0, "b"],
      [11, 0, "a"],
      [1, 10, "a"],
    ] as const;
    const drawn = first.map(([seed, replicate, name]) => draw(randomStreams(seed, replicate)(name), 4).join());
    expect(new Set(drawn).size).toBe(first.length);
  });

  it("stays what it was", () => {
    expect(draw(randomStreams(42, 3)("price"), 3)).toMatchInlineSnapshot(`
      [
        0.0355835584923625,
        0.5659727179445326,
        0.29868491063825786,
      ]
    `);
  });
});
