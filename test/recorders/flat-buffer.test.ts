import { describe, expect, it } from "vitest";
import { FlatBuffer, type FlatShape } from "../../recorders/arrow/flat-buffer.js";

/** A table with a list of tables like it. */
const NODE: FlatShape = [{ kind: "tables", of: () => NODE }];
const NODE_BYTES = 20;
const FIRST = 12;

/** Tables one after the other, each with a list of two that both point to the next one. */
function ladder(rungs: number): DataView {
  const view = new DataView(new ArrayBuffer(FIRST + rungs * NODE_BYTES));
  view.setInt32(0, FIRST, true);
  // One vtable for all: its size, that of a table, the place of the list in a table.
  for (const [index, value] of [6, 8, 4].entries()) view.setUint16(4 + 2 * index, value, true);
  for (let rung = 0; rung < rungs; rung++) {
    const at = FIRST + rung * NODE_BYTES;
    view.setInt32(at, at - 4, true);
    view.setInt32(at + 4, 4, true);
    const isLast = rung === rungs - 1;
    view.setInt32(at + 8, isLast ? 0 : 2, true);
    for (const entry of [at + 12, at + 16]) view.setInt32(entry, isLast ? 0 : at + NODE_BYTES - entry, true);
  }
  return view;
}
const read = (view: DataView) => new FlatBuffer(new Uint8Array(view.buffer), NODE);

describe("a FlatBuffer", () => {
  it("gives what its tables hold", () => {
    const buffer = read(ladder(3));
    const below = [...buffer.tables(buffer.root, 0)];
    expect([buffer.root, below, [...buffer.tables(below[0], 0)].length]).toEqual([FIRST, [FIRST + NODE_BYTES, FIRST + NODE_BYTES], 2]);
  });

  it("that would take for ever to read, or nests without end, is refused", () => {
    expect(() => read(ladder(40))).toThrow(/points out of itself/);
    expect(() => read(ladder(100))).toThrow(/points out of itself/);
  });

  it("whose numbers are any is refused, or all that it points to is inside", () => {
    for (let at = 0; at < FIRST + 3 * NODE_BYTES; at += 2) {
      for (const value of [0, 1, 2, 4, 0x7fff, 0x8000, 0xffff]) {
        const view = ladder(3);
        view.setUint16(at, value, true);
        let buffer: FlatBuffer;
        try {
          buffer = read(view);
        } catch (error) {
          expect(String(error)).toMatch(/points out of itself/);
          continue;
        }
        const walk = (table: number): number => [...buffer.tables(table, 0)].reduce((sum, child) => sum + walk(child), 1);
        expect(walk(buffer.root)).toBeLessThan(view.byteLength);
      }
    }
  });
});
