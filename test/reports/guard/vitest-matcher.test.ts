import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matchBaseline } from "../../../reports/guard/vitest/match-baseline.js";
import "../../../reports/guard/vitest/index.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-matcher-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ROWS = [
  { hotkey: "b", rao: "12" },
  { hotkey: "a", rao: 10n ** 20n },
];
const match = (rows: unknown, named: string, update: "all" | "new" | "none" = "none", tolerance?: string) =>
  matchBaseline(rows, named, { tolerance }, { testPath: join(folder, "pay.test.ts"), update });

describe("rows of a reward code", () => {
  it("are written where there is no baseline, and compared to the rao", async () => {
    expect(match(ROWS, "pay")).toMatchObject({ pass: false });
    expect(match(ROWS, "pay").message()).toContain("vitest -u");
    expect(match(ROWS, "pay", "new").pass).toBe(true);
    expect(await readdir(join(folder, "baselines"))).toEqual(["pay.tsv"]);
    const text = await readFile(join(folder, "baselines", "pay.tsv"), "utf8");
    expect(text.split("\n")[1].split("\t").at(-1)).toBe("all");
    expect(
      text
        .split("\n")
        .slice(2, 4)
        .map((line) => line.split("\t").slice(2, 5)),
    ).toEqual([
      ["a", '""', "100000000000000000000"],
      ["b", '""', "12"],
    ]);
    expect(match([...ROWS].reverse(), "pay").pass).toBe(true);
  });

  it("that differ fail with who moves, and are written only where that is asked for", async () => {
    const changed = [{ ...ROWS[0], rao: 13 }, ...ROWS.slice(1), { hotkey: "new", rao: 1 }];
    const { pass, message } = match(changed, "pay", "new");
    expect(pass).toBe(false);
    // Without days there is none to name.
    expect(message()).toContain('"b" expected 12 rao, got 13 rao (+1 rao, +8.33 %)\n');
    expect(message()).not.toContain("1970");
    expect(message()).toContain('"new"');
    expect(match(changed, "pay", "none", "1").pass).toBe(true);
    expect(match(changed, "pay", "all").pass).toBe(true);
    expect(match(changed, "pay").pass).toBe(true);
  });

  it("may be of days, subnets and coldkeys", () => {
    const rows = [
      { hotkey: "a", coldkey: "x", netuid: 3, day: "2025-01-02", rao: 1 },
      { hotkey: "a", coldkey: "y", netuid: 3, day: "2025-01-01", rao: 2, multiplier: 1.5, weight: 0.5 },
    ];
    match(rows, "days", "new");
    expect(match([rows[0], { ...rows[1], multiplier: 1.4 }], "days").message()).toContain("another multiplier");
    expect(match([{ ...rows[0], day: "2025-01-03" }, rows[1]], "days").message()).toContain("from 2025-01-02");
  });

  it.each([
    [[{ hotkey: "", rao: 1 }], "TEN-GUARD-018"],
    [[{ hotkey: "a", rao: -1 }], "TEN-GUARD-018"],
    [[{ hotkey: "a", rao: 0.5 }], "TEN-GUARD-018"],
    [[{ hotkey: "a", rao: Number.NaN }], "TEN-GUARD-018"],
    [[{ hotkey: "a", rao: 1, day: "today" }], "TEN-GUARD-018"],
    [
      [
        { hotkey: "a", rao: 1 },
        { hotkey: "b", rao: 1, day: "2025-01-01" },
      ],
      "TEN-GUARD-018",
    ],
    [[{ hotkey: "a", rao: 1, netuid: 0.5 }], "TEN-GUARD-018"],
    [[{ hotkey: "a", rao: 1, weight: Number.NaN }], "TEN-GUARD-018"],
    [{ hotkey: "a", rao: 1 }, "TEN-GUARD-018"],
    [[null], "TEN-GUARD-018"],
    [[], "TEN-GUARD-018"],
    [[{ hotkey: "a", rao: 1, day: "2025-02-31" }], "TEN-GUARD-018"],
    [[{ hotkey: "a", rao: 1, day: "2025-02-29" }], "TEN-GUARD-018"],
  ])("%j are refused", (rows, code) => expect(() => match(rows, "pay")).toThrow(expect.objectContaining({ code })));

  it("of one key and day are refused with both their places", () => {
    const row = { hotkey: "a", rao: 1, day: "2024-02-29" };
    expect(() => match([row, { ...row, hotkey: "b" }, { ...row, rao: 2 }], "pay")).toThrow(
      expect.objectContaining({
        code: "TEN-GUARD-018",
        place: { path: "rows", row: 2 },
        found: expect.stringMatching(/a on 2024-02-29, after row 0$/),
      }),
    );
    const apart = [row, { ...row, coldkey: "c" }, { ...row, netuid: 1 }, { ...row, day: "2024-03-01" }];
    expect(match(apart, "apart", "new").pass).toBe(true);
  });

  it("need a name that is one, and a tolerance", () => {
    expect(() => match(ROWS, "../up")).toThrow(expect.objectContaining({ code: "TEN-GUARD-019" }));
    expect(() => match(ROWS, "pay", "none", "much")).toThrow(expect.objectContaining({ code: "TEN-GUARD-017" }));
  });

  it("are matched by expect", () => {
    const file = join(folder, "by-expect.tsv");
    match(ROWS, file, "all");
    expect(ROWS).toMatchBaseline(file);
    expect([{ hotkey: "b", rao: 1 }]).not.toMatchBaseline(file);
    expect(() => expect([{ hotkey: "b", rao: 1 }]).toMatchBaseline(file)).toThrow(/Pay is not as the baseline .* says: 2 positions differ/);
  });
});
