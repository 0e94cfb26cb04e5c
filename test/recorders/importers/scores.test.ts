import { describe, expect, it } from "vitest";
import { parseNamedColumns } from "../../../recorders/importers/index.js";
import { useFolders } from "../results/sample-batches.js";
import { type ImportedOptions, importedTable, written } from "./import-table.js";

const folder = useFolders();
const TABLE = `time_ms,netuid,hotkey,score,work,Lag in ms
1000,1,a,2,7,100
1000,1,b,0,,250.5
2000,1,a,3,8,
`;
const NAMED = { columns: parseNamedColumns("work,lag=Lag in ms") };

async function imported(text: string, options: ImportedOptions = {}) {
  return importedTable(await written(await folder(), "scores.csv", text), "scores", options);
}
const short = ({ rows }: Awaited<ReturnType<typeof imported>>) =>
  rows.map(([time_ms, , , hotkey, score, column]) => `${time_ms} ${hotkey} ${column ?? "-"} ${score}`);

describe("a table of scores", () => {
  it("is a row each, and fields that are not named stay unread", async () => {
    const report = await imported(TABLE);
    expect(short(report)).toEqual(["1000 a - 2", "1000 b - 0", "2000 a - 3"]);
    expect(report.unread?.map(({ field }) => field)).toEqual(["work", "Lag in ms"]);
  });

  it("has named columns beside the score, none where a field is empty", async () => {
    const report = await imported(TABLE, NAMED);
    expect(short(report)).toEqual([
      "1000 a - 2",
      "1000 a work 7",
      "1000 a lag 100",
      "1000 b - 0",
      "1000 b lag 250.5",
      "2000 a - 3",
      "2000 a work 8",
    ]);
    expect(report.unread).toEqual([]);
    expect(report.manifest.source).toMatchObject({
      options: { tables: [{ columns: { work: "work", lag: "Lag in ms", score: "score" } }] },
    });
  });

  it("keeps them together when it is sorted, and names rows of the file where one is wrong", async () => {
    const backwards = TABLE.trim().split("\n");
    const turned = [backwards[0], ...backwards.slice(1).reverse(), ""].join("\n");
    expect(short(await imported(turned, { ...NAMED, sort: true }))).toEqual([
      "1000 a - 2",
      "1000 a work 7",
      "1000 a lag 100",
      "1000 b - 0",
      "1000 b lag 250.5",
      "2000 a - 3",
      "2000 a work 8",
    ]);
    await expect(imported(turned, NAMED)).rejects.toMatchObject({ code: "TEN-IMPORT-014", place: { path: "row 2" } });
    await expect(imported(TABLE.replace("250.5", "-1"), NAMED)).rejects.toMatchObject({
      code: "TEN-IMPORT-013",
      place: { path: "row 2, Lag in ms" },
    });
    await expect(imported(TABLE.replace("1,b,0", "1,b,nan"), NAMED)).rejects.toMatchObject({
      code: "TEN-IMPORT-013",
      place: { path: "row 2, score" },
    });
  });

  it("may be long: a field that names the column of each row", async () => {
    const report = await imported("time_ms,netuid,hotkey,score,column\n1000,1,a,2,\n1000,1,a,7,work\n");
    expect(short(report)).toEqual(["1000 a - 2", "1000 a work 7"]);
    await expect(imported("time_ms,netuid,hotkey,score,column\n1000,1,a,2,my work\n")).rejects.toMatchObject({
      code: "TEN-IMPORT-013",
      found: "my work",
    });
  });

  it("refuses columns that nothing can be named by, or that are not there", async () => {
    for (const text of ["1st", "a b", "", "work="]) expect(() => parseNamedColumns(text)).toThrow("is not understood");
    expect(() => parseNamedColumns("a,a")).toThrow("is named twice");
    await expect(imported(TABLE, { columns: { work: "wrok" } })).rejects.toMatchObject({
      code: "TEN-IMPORT-011",
      found: "wrok",
      hint: expect.stringContaining("work"),
    });
    const file = await written(await folder(), "collateral.csv", "time_ms,netuid,hotkey,amount_rao,work\n1000,1,a,2,7\n");
    await expect(importedTable(file, "collateral", { columns: { work: "work" } })).rejects.toMatchObject({ code: "TEN-IMPORT-021" });
  });
});
