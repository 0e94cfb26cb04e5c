import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateHint } from "../../../recorders/importers/date-forms.js";
import { exactWhole } from "../../../recorders/importers/exact-whole.js";
import { numberHint } from "../../../recorders/importers/number-forms.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

async function imported(text: string, options: Parameters<typeof importedTable>[2] = {}) {
  return importedTable(await written(await temporaryFolder(), "t.csv", text), "emission", { unit: "rao", ...options });
}

const HEADER = "When;netuid;hotkey;coldkey;Buy\n";
const MAP = { time_ms: "When", amount_rao: "Buy" };

describe("numbers as they are written elsewhere are refused with how to convert them:", () => {
  it.each([
    ["1,5", "Write it as 1.5:", true],
    ["-0,25", "Write it as -0.25:", true],
    ["0,500", "Write it as 0.500:", true],
    ["1234,567", "Write it as 1234.567:", true],
    ["1,500", "Write it as 1.500 if the comma is a decimal one, or as 1500 if it is not:", true],
    ["1,234,567", "Write it as 1234567:", false],
    ["1,234.5", "Write it as 1234.5:", false],
    ["1.234,5", "Write it as 1234.5:", false],
    ["1.234.567", "Write it as 1234567:", false],
    ["1 234 567,8", "Write it as 1234567.8:", false],
    ["1'234.5", "Write it as 1234.5:", false],
    ["1\u202f234", "Write it as 1234:", false],
  ])("%s", (text, meant, isConverted) => {
    const { hint } = numberHint(text, '"Buy"');
    expect(hint).toContain(`${meant} the numbers of "Buy" need a decimal point`);
    expect(hint?.includes("tr , .")).toBe(isConverted);
  });

  it.each(["abc", "", "1.5", "0x10", "1,,5", "12,34,5", "NaN"])("and nothing is said of %j", (text) => {
    expect(numberHint(text, '"Buy"')).toEqual({});
  });

  it("in amounts, other numbers and times, with the name of the field", async () => {
    expect(await refusalOf(() => imported(`${HEADER}1;30;h;c;1,5\n`, { map: MAP, unit: "alpha" }))).toMatchObject({
      code: "TEN-IMPORT-005",
      place: { path: "row 1, Buy" },
      found: "1,5",
      hint: expect.stringMatching(/^Write it as 1\.5: the numbers of "Buy" .*tr , \. <old\.csv >new\.csv$/),
    });
    expect(await refusalOf(() => imported(`${HEADER}1;30,0;h;c;5\n`, { map: MAP }))).toMatchObject({
      code: "TEN-IMPORT-013",
      hint: expect.stringContaining('Write it as 30.0: the numbers of "netuid"'),
    });
    expect(await refusalOf(() => imported(`${HEADER}1767225600000,0;30;h;c;5\n`, { map: MAP }))).toMatchObject({
      code: "TEN-IMPORT-007",
      hint: expect.stringContaining('Write it as 1767225600000.0: the numbers of "When"'),
    });
    const prices = await written(await temporaryFolder(), "p.csv", "time_ms;netuid;price_tao_per_alpha\n1;30;0,05\n");
    expect(await refusalOf(() => importedTable(prices, "price"))).toMatchObject({
      code: "TEN-IMPORT-013",
      hint: expect.stringContaining('Write it as 0.05: the numbers of "price_tao_per_alpha"'),
    });
  });
});

describe("dates as they are written elsewhere are refused with what they may mean:", () => {
  it.each([
    ["01/02/2026", "It is 2026-02-01 if the day comes first, or 2026-01-02 if the month does."],
    ["1-2-26 10:00", "It is 2026-02-01 if the day comes first, or 2026-01-02 if the month does."],
    ["13/02/2026", "It seems to be 2026-02-13."],
    ["02/13/2026", "It seems to be 2026-02-13."],
    ["02/02/2026", "It seems to be 2026-02-02."],
    ["01.02.2026 10:00", "It seems to be 2026-02-01."],
    ["2026/1/2", "It seems to be 2026-01-02."],
    ["2026.01.02", "It seems to be 2026-01-02."],
  ])("%s", (text, meant) => {
    const { hint = "" } = dateHint(text, '"When"');
    expect(hint.startsWith(meant)).toBe(true);
    expect(hint).toContain('Write the times of "When" as 2026-12-31 23:59:48');
    expect(hint.includes('pd.to_datetime(df["When"], dayfirst=True)')).toBe(meant.includes(" or "));
  });

  it.each(["2026-02-01 10:00 PM", "Feb 1, 2026", "1. February 2026"])("%s, without a guess", (text) => {
    expect(dateHint(text, '"When"').hint).toMatch(/^Write the times of "When" as/);
  });

  it.each(["yesterday", "2026-02-30", "31/31/2026x", "99/99/2026"])("and nothing is said of %j", (text) => {
    expect(dateHint(text, '"When"')).toEqual({});
  });

  it("at the place of the cell", async () => {
    expect(await refusalOf(() => imported(`${HEADER}01/02/2026;30;h;c;5\n`, { map: MAP }))).toMatchObject({
      code: "TEN-IMPORT-007",
      what: "A time is not one.",
      place: { path: "row 1, When" },
      found: "01/02/2026",
      hint: expect.stringMatching(/^It is 2026-02-01 if .* Write the times of "When" as /),
    });
  });
});

describe("times that are numbers", () => {
  it("are taken in any form that is a whole number of ms", async () => {
    const fraction = "1.0000000000005e12";
    const taken = ["999999999999.0", "1e12", "1.767225600000e12", "1767225600001", " 1.767225600002e+12 "];
    const { rows: read, warnings } = await imported(`${HEADER}${taken.map((time) => `${time};30;h;c;5\n`).join("")}`, { map: MAP });
    expect(read.map(([timeMs]) => timeMs)).toEqual([999_999_999_999, 1e12, 1_767_225_600_000, 1_767_225_600_001, 1_767_225_600_002]);
    expect(warnings.join()).not.toMatch(/exponent/);
    expect(await refusalOf(() => imported(`${HEADER}${fraction};30;h;c;5\n`, { map: MAP }))).toMatchObject({
      code: "TEN-IMPORT-007",
      what: "A time is a fraction of a millisecond.",
    });
  });

  it.each([
    ["45292.5", /^Are they days, as a spreadsheet counts them\?/],
    ["1767225600.25", /^Are they seconds\? Multiply the times of "When" by 1000/],
  ])("%s is refused with what it may be", async (time, hint) => {
    expect(await refusalOf(() => imported(`${HEADER}${time};30;h;c;5\n`, { map: MAP }))).toMatchObject({
      code: "TEN-IMPORT-007",
      what: "A time is a fraction of a millisecond.",
      hint: expect.stringMatching(hint),
    });
  });

  it.each(["-1", "1e13", "1e99", "1767225600000000"])("%s is out of range", async (time) => {
    expect(await refusalOf(() => imported(`${HEADER}${time};30;h;c;5\n`, { map: MAP }))).toMatchObject({
      code: "TEN-IMPORT-007",
      what: "A time is out of range.",
    });
  });

  it("that a spreadsheet rounded are taken with a warning", async () => {
    const { warnings } = await imported(`${HEADER}1.76722E+12;30;h;c;5\n1.76723E+12;30;h;c;5\n`, { map: MAP });
    expect(warnings).toContainEqual(expect.stringMatching(/^Times are written with an exponent and few digits \(1\.76722E\+12\)/));
  });
});

it("whole numbers are exact in every form: against the digits and the power, by hand", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 18n }),
      fc.integer({ min: -20, max: 20 }),
      fc.boolean(),
      fc.constantFrom(0, 3),
      (mantissa, exponent, minus, decimals) => {
        const scaled = mantissa * 10n ** BigInt(exponent + decimals + 20);
        const model = scaled % 10n ** 20n === 0n ? scaled / 10n ** 20n : undefined;
        const found = exactWhole(`${minus ? "-" : ""}${mantissa}e${exponent}`, decimals);
        if (model === undefined) expect(found).toBe("fraction");
        else if (model >= 2n ** 53n) expect(found).toBe("over");
        else expect(found).toEqual({ whole: Number(model), negative: minus && model !== 0n });
        const plain = exactWhole(`${mantissa}`);
        expect(plain).toEqual(mantissa < 2n ** 53n ? { whole: Number(mantissa), negative: false } : "over");
      },
    ),
    { numRuns: 1_000 },
  );
});
