import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REGISTRY_ACTIONS, type RegistryAction, type StreamKind } from "../../../engine/index.js";
import { RegistrationsAtInstant } from "../../../recorders/importers/table/registrations-at-instant.js";
import type { SeatClaim } from "../../../recorders/importers/table/seat-claim.js";
import { SeatsAtInstant } from "../../../recorders/importers/table/seats-at-instant.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

const HEADERS = {
  metagraph: "time_ms,block,netuid,uid,hotkey,coldkey,stake_rao\n",
  registry: "time_ms,block,extrinsic,event,action,netuid,uid,hotkey,coldkey\n",
};

async function imported(kind: "metagraph" | "registry", rows: readonly string[]) {
  return importedTable(await written(await temporaryFolder(), "t.csv", `${HEADERS[kind]}${rows.join("\n")}\n`), kind, { unit: "rao" });
}

describe("seats that contradict each other at one instant are refused, with both:", () => {
  const at = "1970-01-01T00:00:00.009Z";
  const cases: readonly [StreamKind & keyof typeof HEADERS, string[], string, string, string, string][] = [
    [
      "metagraph",
      ["9,5,30,1,h,c,7", "9,5,30,2,h,c,7"],
      "Seats contradict each other at one block: a hotkey has two uids.",
      "row 2, uid",
      "uid 2 for hotkey h of netuid 30 at block 5",
      "one; row 1 says uid 1",
    ],
    [
      "metagraph",
      ["9,5,30,1,h,c,7", "9,5,30,1,g,c,7"],
      "Seats contradict each other at one block: two hotkeys have one uid.",
      "row 2, hotkey",
      "hotkey g for uid 1 of netuid 30 at block 5",
      "one; row 1 says hotkey h",
    ],
    [
      "metagraph",
      ["9,,30,1,h,c,7", "9,5,30,2,g,c,0", "9,5,30,1,h,d,6"],
      "Seats contradict each other at one time: a hotkey has two coldkeys.",
      "row 3, coldkey",
      `coldkey d for hotkey h of netuid 30 at ${at}`,
      "one; row 1 says coldkey c",
    ],
    [
      "metagraph",
      ["9,,30,1,h,c,7", "9,,30,1,h,d,6"],
      "Seats contradict each other at one time: a hotkey has two coldkeys.",
      "row 2, coldkey",
      `coldkey d for hotkey h of netuid 30 at ${at}`,
      "one; row 1 says coldkey c",
    ],
    [
      "registry",
      ["9,5,,,registered,30,1,h,c", "9,5,,,registered,30,2,h,c"],
      "Seats contradict each other at one block: a hotkey has two uids.",
      "row 2, uid",
      "uid 2 for hotkey h of netuid 30 at block 5",
      "one; row 1 says uid 1",
    ],
    [
      "registry",
      ["9,5,1,2,registered,30,1,h,c", "9,5,1,2,registered,30,1,g,c"],
      "Seats contradict each other at one block: two hotkeys have one uid.",
      "row 2, hotkey",
      "hotkey g for uid 1 of netuid 30 at block 5",
      "one; row 1 says hotkey h",
    ],
    [
      "registry",
      ["9,,,,registered,30,,h,c", "9,,,,registered,30,,h,d"],
      "Seats contradict each other at one time: a hotkey has two coldkeys.",
      "row 2, coldkey",
      `coldkey d for hotkey h of netuid 30 at ${at}`,
      "one; row 1 says coldkey c",
    ],
  ];
  it.each(cases)("%s %j: %s", async (kind, rows, what, path, found, allowed) => {
    const refusal = await refusalOf(() => imported(kind, rows));
    expect(refusal).toMatchObject({ code: "TEN-IMPORT-008", what, place: { path }, found, allowed });
    expect(refusal.hint).toMatch(/^Keep the one that holds/);
  });
});

it("seats that agree, of other subnets and instants, that blocks or events order, or that were given up between are taken", async () => {
  const taken: readonly ["metagraph" | "registry", string[]][] = [
    ["metagraph", ["9,5,30,1,h,c,7", "9,5,30,2,g,c,7", "9,5,31,2,h,d,7", "9,6,30,1,g,c,7", "10,7,30,1,h,d,7"]],
    ["metagraph", ["9,5,30,-1,h,c,7", "9,5,30,-1,g,c,7"]],
    ["registry", ["9,,,,registered,30,1,h,c", "9,,,,deregistered,30,1,h,c", "9,,,,registered,30,1,g,c"]],
    ["registry", ["9,,,,registered,30,1,h,c", "9,,,,deregistered,30,,h,c", "9,,,,registered,30,2,h,d"]],
    ["registry", ["9,5,,,deregistered,30,1,h,c", "9,5,,,registered,30,1,g,c"]],
    ["registry", ["9,5,1,2,registered,30,1,h,c", "9,5,1,3,registered,30,1,g,c", "9,5,1,4,registered,30,2,g,c"]],
    ["registry", ["9,5,,,registered,30,1,h,c", "9,5,,,hotkey_swapped,30,1,g,c", "9,5,,,registered,30,2,h,c"]],
    ["registry", ["9,5,,,registered,30,1,h,c", "9,5,,,coldkey_swapped,30,1,h,d", "9,5,,,registered,30,1,h,d"]],
    ["registry", ["9,5,,,registered,30,1,h,c", "9,5,,,network_removed,30,,x,y", "9,5,,,registered,30,1,g,c"]],
    ["registry", ["9,,,,registered,30,1,h,c", "9,,,,registered,31,2,h,d", "10,,,,registered,30,3,h,c"]],
  ];
  for (const [kind, rows] of taken) expect((await imported(kind, rows)).rows).toHaveLength(rows.length);
});

const anyClaim = fc.record({
  timeMs: fc.integer({ min: 0, max: 1 }),
  block: fc.integer({ min: -1, max: 2 }),
  extrinsic: fc.integer({ min: -1, max: 1 }),
  event: fc.integer({ min: -1, max: 1 }),
  netuid: fc.integer({ min: 0, max: 1 }),
  uid: fc.integer({ min: -1, max: 2 }),
  hotkey: fc.integer({ min: 0, max: 2 }),
  coldkey: fc.integer({ min: 0, max: 1 }),
});
const ORDER = ["timeMs", "block", "extrinsic", "event"] as const;

function inOrder<C extends Omit<SeatClaim, "row">>(claims: readonly C[]): (C & SeatClaim)[] {
  const compare = (a: C, b: C) => ORDER.reduce((found, key) => found || a[key] - b[key], 0);
  return [...claims].sort(compare).map((claim, row) => ({ ...claim, row }));
}

it("the first row of a metagraph that contradicts any before it is found, whatever the rows", () => {
  // The model: every pair of rows, in words of the rule.
  const contradict = (a: SeatClaim, b: SeatClaim) => {
    if (a.timeMs !== b.timeMs || a.netuid !== b.netuid || (a.block >= 0 && b.block >= 0 && a.block !== b.block)) return false;
    if (a.hotkey === b.hotkey && a.coldkey !== b.coldkey) return true;
    return a.uid >= 0 && b.uid >= 0 && (a.uid === b.uid) !== (a.hotkey === b.hotkey);
  };
  fc.assert(
    fc.property(fc.array(anyClaim, { maxLength: 8 }), (claims) => {
      const rows = inOrder(claims.map((claim) => ({ ...claim, extrinsic: -1, event: -1 })));
      const expected = rows.findIndex((row, at) => rows.slice(0, at).some((earlier) => contradict(earlier, row)));
      const seats = new SeatsAtInstant();
      const found = rows.find((row) => {
        const earlier = seats.see(row);
        if (earlier !== undefined) expect(contradict(rows[earlier.row], row)).toBe(true);
        return earlier !== undefined;
      });
      expect(found?.row ?? -1).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

it("the first registration that contradicts what holds is found, whatever the rows", () => {
  const anyRow = fc.tuple(anyClaim, fc.constantFrom<RegistryAction>("registered", "registered", ...REGISTRY_ACTIONS));
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 10 }), (given) => {
      const rows = inOrder(given.map(([claim, action]) => ({ ...claim, action })));
      // The model: a plain list of who holds what, looked through from its start.
      let held: typeof rows = [];
      let expected = -1;
      for (const row of rows) {
        held = held.filter(({ timeMs }) => timeMs === row.timeMs);
        const isTouched = (one: SeatClaim) =>
          one.netuid === row.netuid && (one.hotkey === row.hotkey || (one.uid >= 0 && one.uid === row.uid));
        if (row.action === "registered") {
          const isLater = (one: SeatClaim) => ORDER.slice(1).some((key) => one[key] >= 0 && row[key] >= 0 && one[key] !== row[key]);
          const isOther = (one: SeatClaim) =>
            one.hotkey !== row.hotkey || one.coldkey !== row.coldkey || (one.uid >= 0 && row.uid >= 0 && one.uid !== row.uid);
          if (held.some((one) => isTouched(one) && isOther(one) && !isLater(one))) {
            expected = row.row;
            break;
          }
        }
        held = held.filter((one) => !isTouched(one) && !(row.action === "network_removed" && one.netuid === row.netuid));
        if (row.action === "registered") held.push(row);
      }
      const registrations = new RegistrationsAtInstant();
      expect(rows.find((row) => registrations.see(row, row.action) !== undefined)?.row ?? -1).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});
