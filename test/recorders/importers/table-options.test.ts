import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STAKE_ACTIONS } from "../../../engine/index.js";
import { parseBlockTimes, parseConstants, parseValues } from "../../../recorders/importers/index.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { type ImportedOptions, importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();
const code = (action: (typeof STAKE_ACTIONS)[number]) => STAKE_ACTIONS.indexOf(action);

async function stake(text: string, options: ImportedOptions = {}) {
  return importedTable(await written(await temporaryFolder(), "stake.csv", text), "stake", options);
}

const refused = (text: string, options: ImportedOptions) => refusalOf(() => stake(text, options));
const HEAD = "time_ms,action,netuid,hotkey,coldkey,amount_rao\n";

describe("--unit", () => {
  it("takes whole tokens exactly, in every amount column", async () => {
    const { rows, sums } = await stake(
      `${HEAD.trim()},to_coldkey,to_amount_rao\n1,transferred,1,h,c,1.000000001,d,0.5\n2,added,1,h,c,3,,\n`,
      { unit: "alpha" },
    );
    expect(rows.map((row) => [row[8], row[12]])).toEqual([
      [1_000_000_001, 500_000_000],
      [3_000_000_000, 0],
    ]);
    expect(sums[0]?.total_rao).toBe("4000000001");
  });

  it.each([
    ["1.00000000", /written with a decimal point/],
    ["5000000000.0", /written with a decimal point/],
    ["12", /largest amount is 12/],
    ["999999", /less than 0.001 alpha/],
  ])("warns without it where amounts are like %s", async (amount, words) => {
    const text = `${HEAD}1,added,1,h,c,${amount}\n`;
    expect((await stake(text)).warnings.join()).toMatch(words);
    expect((await stake(text, { unit: "rao" })).warnings.join()).not.toMatch(words);
    expect((await stake(text, { unit: "rao" })).rows[0]?.[8]).toBe(Number(amount));
  });

  it("says nothing where one amount is a thousandth of a token, or where all are 0", async () => {
    for (const amounts of [["1", "1000000"], ["0"]]) {
      const { warnings } = await stake(HEAD + amounts.map((amount, at) => `${2e11 + at},added,1,h,c,${amount}`).join("\n"));
      expect(warnings).toEqual([]);
    }
  });

  it("refuses what is finer than a rao", async () => {
    expect(await refused(`${HEAD}1,added,1,h,c,0.0000000001\n`, { unit: "tao" })).toMatchObject({
      code: "TEN-IMPORT-005",
      place: { path: "row 1, amount_rao" },
      found: "0.0000000001",
      allowed: expect.stringContaining("tao"),
    });
  });
});

describe("--const", () => {
  it("fills columns the file does not have", async () => {
    const constants = { netuid: "64", action: "burned", coldkey: "5C" };
    const { rows, manifest } = await stake("time_ms,hotkey,amount_rao\n1,h,5000000\n", { constants });
    expect(rows[0]?.slice(4, 9)).toEqual([code("burned"), 64, "h", "5C", 5_000_000]);
    expect(manifest.source.options.tables).toMatchObject([{ constants, columns: { netuid: null } }]);
  });

  it("does not go over fields of the file, unless --map shows that they are known", async () => {
    const text = "time_ms,hotkey,amount_rao,netuid,action\n1,h,5000000,7,9\n";
    const constants = { netuid: "64", action: "burned", coldkey: "5C" };
    expect(await refused(text, { constants })).toMatchObject({
      code: "TEN-IMPORT-021",
      place: { path: "netuid, action" },
      found: "--const netuid, --const action",
      allowed: expect.stringContaining("--map"),
      hint: expect.stringContaining("Leave it out"),
    });
    const { rows } = await stake(text, { constants, map: { block: "netuid", extrinsic: "action" } });
    expect(rows[0]?.slice(1, 6)).toEqual([7, 9, -1, code("burned"), 64]);
  });

  it("is checked like a cell, and names what it is", async () => {
    const text = "time_ms,hotkey,coldkey,amount_rao\n1,h,c,1\n";
    expect(await refused(text, { constants: { netuid: "x", action: "added" } })).toMatchObject({
      code: "TEN-IMPORT-013",
      place: { path: "the constant netuid" },
      found: "x",
    });
    expect(await refused(text, { constants: { netuids: "1" } })).toMatchObject({ code: "TEN-IMPORT-011", hint: 'Did you mean "netuid"?' });
    expect(await refused(text, { constants: { netuid: "1" }, map: { netuid: "hotkey" } })).toMatchObject({ code: "TEN-IMPORT-021" });
  });
});

describe("--value", () => {
  it("says what the texts of a file stand for; the others stay", async () => {
    const values = { action: { DELEGATE: "added", "": "burned" }, netuid: { "SN-64": "64" } };
    const { rows } = await stake(`${HEAD}1,DELEGATE,SN-64,h,c,1\n2,,64,h,c,1\n3,removed,3,h,c,1\n`, { values });
    expect(rows.map((row) => [row[4], row[5]])).toEqual([
      [code("added"), 64],
      [code("burned"), 64],
      [code("removed"), 3],
    ]);
  });

  it("names all texts that are not known, once each, and what is wrong before them first", async () => {
    const rows = ["1,added,1,h,c,1", "2,DELEGATE,1,h,c,1", "3,DELEGATE,x,h,c,1", "4,UN'DO,1,h,c,1", "5,removed,1,h,c,bad"];
    expect(await refused(`${HEAD}${rows.join("\n")}\n`, {})).toMatchObject({
      code: "TEN-IMPORT-013",
      place: { path: "row 2, action" },
      found: "DELEGATE, UN'DO",
      allowed: STAKE_ACTIONS.join(", "),
      hint: "--value 'action:DELEGATE=<one of these>' --value 'action:UN'\\''DO=<one of these>' say what they stand for.",
    });
    expect(await refused(`${HEAD}1,added,x,h,c,1\n2,DELEGATE,1,h,c,1\n`, {})).toMatchObject({ place: { path: "row 1, netuid" } });
    const many = Array.from({ length: 20_000 }, (_, at) => `${at},text ${at},1,h,c,1`).join("\n");
    expect((await refused(HEAD + many, { sort: true })).found).toMatch(/^text 0, .* and 60 more$/);
  });

  it("names the unknown texts of all columns", async () => {
    const file = await written(await temporaryFolder(), "s.csv", `${HEAD.trim()},cause\n1,up,1,h,c,1,why\n2,down,1,h,c,1,event\n`);
    expect(await refusalOf(() => importedTable(file, "stake"))).toMatchObject({
      code: "TEN-IMPORT-013",
      found: "action: up, down; cause: why",
      allowed: expect.stringMatching(/^action: added.*; cause: event/),
    });
  });

  it("is offered where a text is not known", async () => {
    expect(await refused(`${HEAD}1,UNDELEGATE,1,h,c,1\n`, { values: { action: { DELEGATE: "added" } } })).toMatchObject({
      code: "TEN-IMPORT-013",
      found: "UNDELEGATE",
      hint: expect.stringContaining("--value 'action:UNDELEGATE="),
    });
    expect(await refused(HEAD, { values: { acton: { a: "b" } } })).toMatchObject({
      code: "TEN-IMPORT-011",
      hint: 'Did you mean "action"?',
    });
    const idle = "time_ms,netuid,hotkey,coldkey,amount_rao\n1,1,h,c,1\n";
    expect(await refused(idle, { values: { action: { a: "added" } }, constants: { action: "added" } })).toMatchObject({
      code: "TEN-IMPORT-021",
      found: "--value action",
    });
  });
});

describe("--negative", () => {
  it("takes the sign for the direction: added unless the file says otherwise", async () => {
    const { rows, sums } = await stake("time_ms,netuid,hotkey,coldkey,amount_rao\n1,1,h,c,5\n2,1,h,c,-3\n3,1,h,c,-0\n4,1,h,c,+2\n", {
      negative: "removed",
    });
    expect(rows.map((row) => [row[4], row[8]])).toEqual([
      [code("added"), 5],
      [code("removed"), 3],
      [code("added"), 0],
      [code("added"), 2],
    ]);
    expect(sums[0]?.by_action).toEqual({ added: { rows: 3, rao: "7" }, removed: { rows: 1, rao: "3" } });
    const other = await stake(`${HEAD}1,burned,1,h,c,5\n2,burned,1,h,c,-3\n`, { negative: "slashed" });
    expect(other.rows.map((row) => row[4])).toEqual([code("burned"), code("slashed")]);
  });

  it("is for stake alone", async () => {
    const file = await written(await temporaryFolder(), "e.csv", "time_ms,netuid,hotkey,coldkey,amount_rao\n1,1,h,c,-5\n");
    expect((await refusalOf(() => importedTable(file, "emission", { negative: "removed" }))).code).toBe("TEN-IMPORT-021");
    expect((await refusalOf(() => importedTable(file, "emission"))).code).toBe("TEN-IMPORT-005");
  });
});

describe("--block-time", () => {
  const blockTimes = { blockMs: 12_000, zeroMs: 1_000 };

  it("counts times from blocks", async () => {
    const { rows } = await stake("nr,action,netuid,hotkey,coldkey,amount_rao\n0,added,1,h,c,1\n100,added,1,h,c,1\n", {
      blockTimes,
      map: { block: "nr" },
    });
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      [1_000, 0],
      [1_201_000, 100],
    ]);
  });

  it("needs a block in every row, and no other time", async () => {
    const text = "block,action,netuid,hotkey,coldkey,amount_rao\n5,added,1,h,c,1\n,added,1,h,c,1\n";
    expect(await refused(text, { blockTimes })).toMatchObject({ code: "TEN-IMPORT-007", place: { path: "row 2, block" } });
    expect(await refused(text, { blockTimes, map: { time_ms: "block" } })).toMatchObject({ code: "TEN-IMPORT-021" });
    expect(await refused(HEAD.replace("time_ms", "at"), { blockTimes })).toMatchObject({
      code: "TEN-IMPORT-012",
      place: { path: "block" },
      hint: expect.any(String),
    });
    const both = `block,${HEAD}5,9,added,1,h,c,1\n`;
    expect(await refused(both, { blockTimes })).toMatchObject({
      code: "TEN-IMPORT-021",
      place: { path: "time_ms" },
      found: "--block-time",
      allowed: expect.stringContaining("--block-time"),
    });
    const known = await stake(both, { blockTimes, map: { extrinsic: "time_ms" } });
    expect(known.rows[0]?.slice(0, 3)).toEqual([61_000, 5, 9]);
    const late = "block,action,netuid,hotkey,coldkey,amount_rao\n2147483647,added,1,h,c,1\n";
    expect(await refused(late, { blockTimes })).toMatchObject({ code: "TEN-IMPORT-007", found: 2_147_483_647 });
  });
});

describe("--sort", () => {
  it("sorts by the instant, whatever clock it is written for", async () => {
    // The hour that comes twice when summer time ends, newest first, and forms that a database's cast does not read.
    const times = [
      "2025-10-26T02:15:00+01:00",
      "2025-10-26T02:45:00+02:00",
      "2025-10-26T00:30:00 Z",
      '"2025-10-25T23:59:59,5Z"',
      "1761400000000",
    ];
    const { rows } = await stake(HEAD + times.map((time, at) => `${time},added,1,h,c,${at}`).join("\n"), { sort: true, unit: "rao" });
    expect(rows.map((row) => row[8])).toEqual([4, 3, 2, 1, 0]);
    expect(rows.map((row) => row[0])).toEqual([
      1_761_400_000_000,
      Date.UTC(2025, 9, 25, 23, 59, 59, 500),
      ...[30, 45, 75].map((minute) => Date.UTC(2025, 9, 26, 0, minute)),
    ]);
  });

  it("puts equal times of a file that is newest first in reverse, and says so", async () => {
    const { rows, warnings } = await stake(`${HEAD}20,removed,1,h,c,6\n20,added,1,h,c,5\n10,added,1,h,c,1\n`, { sort: true, unit: "rao" });
    expect(rows.map((row) => row[8])).toEqual([1, 5, 6]);
    expect(warnings.join()).toMatch(/2 rows share a time.*newest first.*in reverse/);
    const mixed = await stake(`${HEAD}20,added,1,h,c,5\n20,removed,1,h,c,6\n10,added,1,h,c,1\n30,added,1,h,c,2\n`, {
      sort: true,
      unit: "rao",
    });
    expect(mixed.rows.map((row) => row[8])).toEqual([1, 5, 6, 2]);
    expect(mixed.warnings.join()).toMatch(/2 rows share a time.*stay in the order of the file/);
    const ordered = await stake(`${HEAD}10,added,1,h,c,1\n10,added,1,h,c,2\n`, { sort: true, unit: "rao" });
    expect(ordered.warnings.join()).not.toMatch(/share a time/);
  });

  it("gives one order for any order of the rows, where each has a place of its own", async () => {
    const row = fc.record({
      time: fc.integer({ min: 0, max: 3 }),
      extrinsic: fc.integer({ min: 0, max: 3 }),
      event: fc.integer({ min: 0, max: 50 }),
    });
    const table = fc.uniqueArray(row, { minLength: 1, maxLength: 30, selector: ({ time, event }) => `${time}/${event}` });
    const head = "time_ms,block,extrinsic,event,action,netuid,hotkey,coldkey,amount_rao\n";
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = rows.map(({ time, extrinsic, event }) => `${time * 12},${time},${extrinsic},${event},added,1,h,c,1`).join("\n");
        const { rows: sorted } = await stake(head + text, { sort: true });
        const model = rows.map(({ time, extrinsic, event }) => [time * 12, time, extrinsic, event]);
        model.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);
        expect(sorted.map((values) => values.slice(0, 4))).toEqual(model);
      }),
      { numRuns: 20 },
    );
  });

  it("holds more rows than one batch", async () => {
    const rows = Array.from({ length: 40_000 }, (_, at) => `${40_000 - at},${40_000 - at},1,0.5`);
    const file = await written(await temporaryFolder(), "p.csv", `time_ms,block,netuid,price_tao_per_alpha\n${rows.join("\n")}`);
    const { rows: sorted } = await importedTable(file, "price", { sort: true });
    expect(sorted.length).toBe(40_000);
    expect(sorted.every((row, at) => row[0] === at + 1)).toBe(true);
  });
});

describe("what is asked for on the command line", () => {
  it("is read", () => {
    expect(parseConstants(["netuid=64", "hotkey=a=b"])).toEqual({ netuid: "64", hotkey: "a=b" });
    expect(parseValues(["action:DELEGATE=added", "action:a=b=removed", "action:=burned"])).toEqual({
      action: { DELEGATE: "added", "a=b": "removed", "": "burned" },
    });
    expect(Object.keys(parseConstants(["__proto__=1"]))).toEqual(["__proto__"]);
    const proto = parseValues(["__proto__:a=b", "action:__proto__=added"]);
    expect([Object.keys(proto), Object.keys(proto.action ?? {}), "a" in {}]).toEqual([["__proto__", "action"], ["__proto__"], false]);
    expect(parseBlockTimes("12s", "2023-03-20T00:00:00Z")).toEqual({ blockMs: 12_000, zeroMs: Date.UTC(2023, 2, 20) });
    expect(parseBlockTimes("0.25s", "5")).toEqual({ blockMs: 250, zeroMs: 5 });
    expect(parseBlockTimes("250ms", "0")).toEqual({ blockMs: 250, zeroMs: 0 });
    expect(parseBlockTimes(undefined, undefined)).toBeUndefined();
  });

  it.each<[string, () => unknown]>([
    ["netuid", () => parseConstants(["netuid"])],
    ["netuid= ", () => parseConstants(["netuid= "])],
    ["=64", () => parseConstants(["=64"])],
    ["netuid=2", () => parseConstants(["netuid=1", "netuid=2"])],
    ["action=added", () => parseValues(["action=added"])],
    ["action:A=removed", () => parseValues(["action:A=added", "action:A=removed"])],
    ["12", () => parseBlockTimes("12", "0")],
    ["0s", () => parseBlockTimes("0s", "0")],
    ["1.5ms", () => parseBlockTimes("1.5ms", "0")],
    ["yesterday", () => parseBlockTimes("12s", "yesterday")],
    ["2023-03-20T00:00:00+15:00", () => parseBlockTimes("12s", "2023-03-20T00:00:00+15:00")],
    ["--block-time alone", () => parseBlockTimes("12s", undefined)],
    ["--block-zero alone", () => parseBlockTimes(undefined, "0")],
  ])("is refused with what was given, what is allowed and what to do: %s", async (found, parse) => {
    const refusal = await refusalOf(async () => parse());
    expect(refusal).toMatchObject({ code: "TEN-IMPORT-021", found, allowed: expect.any(String), hint: expect.any(String) });
  });
});
