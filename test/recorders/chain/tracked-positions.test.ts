import { describe, expect, test } from "vitest";
import { TrackedPositions } from "../../../recorders/chain/attribution/tracked-positions.js";
import { positionKey } from "../../../recorders/chain/storage/position-id.js";
import { A, B, C, H, I, J } from "./chain-events.js";

const place = { extrinsic: 1, event: 1 };
const id = (hotkey: string, coldkey: string, netuid = 1) => ({ netuid, hotkey, coldkey });
const ids = (positions: readonly { netuid: number; hotkey: string; coldkey: string }[]) => positions.map(positionKey);

/** Positions that hold so much since the last edge. */
function holding(...held: [string, string, number, number?][]): TrackedPositions {
  const positions = new TrackedPositions();
  for (const [hotkey, coldkey, rao, netuid = 1] of held) {
    const position = positions.track(id(hotkey, coldkey, netuid));
    position.expectedRao = rao;
    position.edgeRao = rao;
  }
  return positions;
}

describe("tracked positions", () => {
  test("are one for each id, and found by any of their keys, in the order of rows", () => {
    const positions = holding([I, A, 1], [H, B, 2], [H, A, 3], [H, A, 4, 2]);
    expect(positions.track(id(H, A))).toBe(positions.byKey(positionKey(id(H, A))));
    expect(positions.size).toBe(4);
    expect(ids(positions.on([1]))).toEqual(ids([id(H, A), id(H, B), id(I, A)]));
    expect(ids(positions.having(1, { hotkey: H }))).toEqual(ids([id(H, A), id(H, B)]));
    expect(ids(positions.having(1, { coldkey: A }))).toEqual(ids([id(H, A), id(I, A)]));
    expect(ids(positions.having(1, { hotkey: H, coldkey: B }))).toEqual(ids([id(H, B)]));
    expect(ids(positions.having(2, {}))).toEqual(ids([id(H, A, 2)]));
    expect(() => positions.byKey(positionKey(id(J, A)))).toThrow("not tracked");
  });

  test("whose hotkey is its own coldkey are found once", () => {
    const positions = holding([A, A, 1]);
    expect(ids(positions.having(1, { hotkey: A }))).toEqual(ids([id(A, A)]));
    positions.forget(id(A, A));
    expect(positions.having(1, { coldkey: A })).toEqual([]);
  });

  test("pass on with a key, on top of what is there", () => {
    const positions = holding([H, A, 10], [H, B, 20], [I, A, 5], [H, A, 7, 2]);
    const swap = { kind: "hotkey_swapped", place, netuid: 1, coldkey: A, key: H, toKey: I } as const;
    expect(positions.passed(swap).map(([from, to]) => [positionKey(from), positionKey(to)])).toEqual([
      [positionKey(id(H, A)), positionKey(id(I, A))],
      [positionKey(id(H, B)), positionKey(id(I, B))],
    ]);
    positions.apply(swap);
    const rao = (...one: [string, string, number?]) => positions.byKey(positionKey(id(...one))).expectedRao;
    expect([rao(H, A), rao(H, B), rao(I, A), rao(I, B), rao(H, A, 2)]).toEqual([0, 0, 15, 20, 7]);
    positions.passed({ ...swap, kind: "coldkey_swapped", key: A, toKey: C });
    positions.apply({ ...swap, kind: "coldkey_swapped", key: A, toKey: C });
    expect([rao(I, A), rao(I, C)]).toEqual([0, 15]);
    expect(positions.passed({ ...swap, toKey: H })).toEqual([]);
  });

  test("count the events of their hotkeys up to the edge of their subnet", () => {
    const positions = holding([H, A, 10], [H, B, 20], [I, A, 5], [H, A, 7, 2]);
    positions.apply({ kind: "added", place, position: id(H, A), amountRao: 3 });
    positions.apply({ kind: "moved", place, from: id(H, B), to: id(H, A, 2), amountRao: 4, toAmountRao: 6 });
    positions.note(id(H, B));
    const events = () => [id(H, A), id(H, B), id(I, A), id(H, A, 2)].map((one) => positions.eventsOf(one));
    expect(events()).toEqual([3, 3, 0, 1]);
    positions.noteUpgrade();
    expect(events()).toEqual([4, 4, 1, 2]);
    positions.atEdge(1);
    expect(events()).toEqual([0, 0, 0, 2]);
    expect([id(H, A), id(H, A, 2)].map((one) => positions.byKey(positionKey(one)).edgeRao)).toEqual([13, 7]);
  });

  test("that were made to see whether a claim was made are kept only where one was", () => {
    const positions = holding([H, A, 10]);
    for (const hotkey of [H, I, J]) positions.trackCandidate(id(hotkey, A));
    positions.byKey(positionKey(id(I, A))).expectedRao = 5;
    positions.forgetCandidates();
    expect(ids(positions.on([1]))).toEqual(ids([id(H, A), id(I, A)]));
    // What it got goes away again: the next edge must say so, so it is not forgotten before.
    positions.atEdge(1);
    positions.apply({ kind: "removed", place, position: id(I, A), amountRao: 5 });
    positions.trackCandidate(id(I, A));
    positions.forgetCandidates();
    expect(positions.isTracked(id(I, A))).toBe(true);
    positions.atEdge(1);
    positions.forgetEmpty();
    expect(ids(positions.on([1]))).toEqual(ids([id(H, A)]));
  });

  test("that a claim made just before an edge stay until the edge that says that they are empty", () => {
    const positions = new TrackedPositions();
    positions.trackCandidate(id(I, A));
    positions.byKey(positionKey(id(I, A))).expectedRao = 5;
    positions.atEdge(1);
    positions.forgetEmpty();
    positions.apply({ kind: "removed", place, position: id(I, A), amountRao: 5 });
    positions.forgetCandidates();
    expect(positions.isTracked(id(I, A))).toBe(true);
  });

  test("that are empty stay until the edge that says so", () => {
    const positions = holding([H, A, 10], [I, A, 0]);
    positions.apply({ kind: "burned", place, position: id(H, A), amountRao: 10 });
    positions.forgetEmpty();
    expect(ids(positions.on([1]))).toEqual(ids([id(H, A)]));
  });
});
