import { describe, expect, it } from "vitest";
import { findMiner, findPosition } from "../../reports/find-miner.js";
import type { PositionRow } from "../../reports/reading/positions.js";

const position = (id: number, hotkey: string, coldkey: string, paid = 1n): PositionRow => ({
  position: id,
  netuid: 8,
  hotkey,
  coldkey,
  uid: id,
  role: "miner",
  at_end: {
    stake_rao: 0,
    manual_rao: 0,
    earned_rao: 0,
    recorded_rao: 0n,
    paid_rao: paid,
    recorded_as_miner_rao: 0n,
    paid_as_miner_rao: paid,
  },
});

const rows = [
  position(0, "5AbcOne", "5ColdA"),
  position(1, "5AbcTwo", "5ColdB"),
  position(2, "5AbcTwoMore", "5ColdC"),
  position(3, "5Shared", "5ColdD"),
  position(4, "5Shared", "5ColdE", 0n),
];

describe("a miner is found", () => {
  it.each([
    ["5AbcOne", 0],
    ["5AbcTwo", 1],
    ["TwoMore", 2],
    ["5AbcO", 0],
    ["5ColdB", 1],
    ["5Shared", 3],
  ])("by %s", (key, id) => expect(findMiner(rows, key).position).toBe(id));

  it("by the number of its position", () => {
    const byId = new Map(rows.map((row) => [row.position, row]));
    expect(findPosition(byId, 4).coldkey).toBe("5ColdE");
    expect(() => findPosition(byId, 9)).toThrow("TEN-REPORT-004");
  });

  it("or refused when no key fits", () => expect(() => findMiner(rows, "nobody")).toThrow("TEN-REPORT-001"));

  it("or refused with how to name one where all are on one hotkey", () => {
    const two = [position(0, "5Shared", "5ColdD"), position(1, "5Shared", "5ColdE")];
    expect(() => findMiner(two, "5Sha")).toThrow(expect.objectContaining({ hint: expect.stringMatching(/^All are on .* --position/) }));
  });

  it("or refused with the candidates when several fit", () => {
    expect(() => findMiner(rows, "5Abc")).toThrow(/TEN-REPORT-002.*5AbcOne.*5AbcTwo.*5AbcTwoMore/);
  });
});
