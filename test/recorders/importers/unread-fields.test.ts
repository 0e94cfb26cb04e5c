import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSlipOf } from "../../../recorders/importers/spelling-slip.js";
import { useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

async function imported(name: string, text: string, options: Parameters<typeof importedTable>[2] = {}, kind = "emission" as const) {
  const { unread, assumed, warnings, manifest } = await importedTable(await written(await temporaryFolder(), name, text), kind, {
    unit: "rao",
    ...options,
  });
  return { unread, assumed, warnings, manifest };
}

const MINER = "Nothing gives role: every row is taken as pay of a miner; --map role=<field> or --const role=<value> says otherwise.";

describe("what an import did not read is told:", () => {
  it("a header in other capitals, as a warning that stays with the recording", async () => {
    const { unread, assumed, warnings, manifest } = await imported(
      "t.csv",
      "time_ms,netuid,hotkey,coldkey,Role,memo,amount_rao\n1770000000000,30,h,c,validator,x,5\n",
    );
    expect(unread).toEqual([
      { field: "Role", meant: "role" },
      { field: "memo", meant: null },
    ]);
    const told = 'The field "Role" was not read. Did you mean role? --map role=Role reads it.';
    expect(warnings).toEqual([told]);
    expect(assumed).toEqual([MINER]);
    expect(manifest.streams.emission?.notes).toEqual([told]);
  });

  it("nothing where each field is read or given", async () => {
    const text = "time_ms,netuid,hotkey,coldkey,Role,amount_rao\n1770000000000,30,h,c,validator,5\n";
    expect(await imported("t.csv", text, { map: { role: "Role" } })).toMatchObject({ unread: [], assumed: [], warnings: [] });
  });

  it("no slip of a column that the command gives or that is read otherwise", async () => {
    const text = "time_ms,netuid,hotkey,coldkey,Role,amount_rao\n1770000000000,30,h,c,validator,5\n";
    const { unread, assumed, warnings } = await imported("t.csv", text, { constants: { role: "owner" } });
    expect([unread, assumed, warnings]).toEqual([[{ field: "Role", meant: null }], [], []]);
  });

  it("an object of which nothing is read is one field, and of one that is read what is left of it", async () => {
    const row = {
      time_ms: 1770000000000,
      netuid: 30,
      hotkey: { ss58: "h", hex: "0x" },
      coldkey: "c",
      more: { a: 1, b: { c: 2 } },
      list: [1],
      amount_rao: 5,
      role: "miner",
    };
    const { unread } = await imported("t.json", JSON.stringify([row]), { map: { hotkey: "hotkey.ss58" } });
    expect(unread?.map(({ field }) => field)).toEqual(["hotkey.hex", "more", "list"]);
  });

  it("a field of CSV with a point in its name is no part of another", async () => {
    const { unread } = await imported("t.csv", "time_ms,netuid,hotkey,coldkey,role,amount_rao,a,a.b\n1770000000000,30,h,c,miner,5,1,2\n");
    expect(unread?.map(({ field }) => field)).toEqual(["a", "a.b"]);
  });
});

describe("a slip of a name", () => {
  it.each(["Role", "ROLE", " role", "roles", "rol", "rloe", "ro-le"])("%s is one of role", (name) => {
    expect(isSlipOf(name, "role")).toBe(true);
  });

  it.each([
    ["memo", "role"],
    ["bid", "uid"],
    ["id", "uid"],
    ["extrinsic_id", "extrinsic"],
    ["price", "event"],
    ["hotkey", "to_hotkey"],
    ["rank", "role"],
  ])("%s is none of %s", (name, column) => {
    expect(isSlipOf(name, column)).toBe(false);
  });

  it("is one letter left out, put in, changed or swapped with its neighbour", () => {
    const place = fc.nat({ max: 8 });
    const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");
    fc.assert(
      fc.property(place, letter, (at, one) => {
        const word = "extrinsic";
        const swapped = word.slice(0, at) + (word[at + 1] ?? "") + word[at] + word.slice(at + 2);
        return [
          word.slice(0, at) + word.slice(at + 1),
          word.slice(0, at) + one + word.slice(at),
          word.slice(0, at) + one + word.slice(at + 1),
          swapped,
        ].every((name) => isSlipOf(name, word) && isSlipOf(name.toUpperCase(), word));
      }),
    );
  });
});
