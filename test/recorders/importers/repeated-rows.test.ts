import { describe, expect, it } from "vitest";
import type { StreamKind } from "../../../engine/index.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

async function imported(kind: StreamKind, text: string, sort = false) {
  return importedTable(await written(await temporaryFolder(), "t.csv", text), kind, { sort, unit: "rao" });
}

const STAKE = "time_ms,block,extrinsic,event,action,netuid,hotkey,coldkey,amount_rao\n";
const EMISSION = "time_ms,block,netuid,hotkey,coldkey,role,amount_rao\n";
const BALANCES = "time_ms,block,netuid,hotkey,coldkey,balance_rao\n";
const METAGRAPH = "time_ms,block,netuid,uid,hotkey,coldkey,stake_rao\n";
const REGISTRY = "time_ms,block,extrinsic,event,action,netuid,uid,hotkey,coldkey\n";
const filler = (rows: number, row: (at: number) => string) => `${Array.from({ length: rows }, (_, at) => row(at)).join("\n")}\n`;

describe("what a chain cannot have twice is refused, with both rows:", () => {
  it.each<[StreamKind, string, string, RegExp]>([
    ["stake", `${STAKE}9,5,14,66,added,30,h,c,5\n9,5,14,66,added,30,h,c,5\n`, "block 5, extrinsic 14, event 66", /An event is there twice/],
    [
      "registry",
      `${REGISTRY}9,5,1,2,registered,30,1,h,c\n9,5,1,2,registered,30,1,h,c\n`,
      "block 5, extrinsic 1, event 2",
      /An event is there twice/,
    ],
    ["emission", `${EMISSION}9,5,30,h,c,miner,5\n9,5,30,h,c,miner,5\n`, "block 5", /A payment is there twice/],
    ["balances", `${BALANCES}9,5,30,h,c,5\n9,5,30,h,c,5\n`, "block 5", /two balances at one block/],
    ["metagraph", `${METAGRAPH}9,5,30,1,h,c,5\n9,5,30,1,h,c,5\n`, "block 5, uid 1", /A seat is there twice/],
  ])("%s", async (kind, text, found, what) => {
    expect(await refusalOf(() => imported(kind, text))).toMatchObject({
      code: "TEN-IMPORT-008",
      what: expect.stringMatching(what),
      place: { path: "row 2, block" },
      found,
      allowed: "each once; row 1 is the same",
    });
  });

  it.each<[StreamKind, string, string, string, string]>([
    ["stake", `${STAKE}9,5,14,66,added,30,h,c,5\n9,5,14,66,added,30,h,c,7\n`, "amount_rao", "amount_rao 7", "amount_rao 5"],
    [
      "stake",
      `${STAKE}9,5,14,66,added,30,h,c,5\n9,5,14,66,removed,30,h,c,7\n`,
      "action",
      "action removed, amount_rao 7",
      "action added, amount_rao 5",
    ],
    [
      "stake",
      `${STAKE.replace("\n", ",to_hotkey\n")}9,5,14,66,moved,30,h,c,5,g\n9,5,14,66,moved,30,h,c,5,f\n`,
      "to_hotkey",
      "to_hotkey f",
      "to_hotkey g",
    ],
    [
      "registry",
      `${REGISTRY}9,5,14,66,registered,30,1,h,c\n9,5,14,66,deregistered,30,1,h,c\n`,
      "action",
      "action deregistered",
      "action registered",
    ],
  ])("%s, and told with what both rows say where they contradict each other", async (kind, text, column, found, earlier) => {
    expect(await refusalOf(() => imported(kind, text))).toMatchObject({
      code: "TEN-IMPORT-008",
      what: "Two rows of one event contradict each other.",
      place: { path: `row 2, ${column}` },
      found: `block 5, extrinsic 14, event 66: ${found}`,
      allowed: `one; row 1 says ${earlier}`,
    });
  });

  it("an epoch mark, without its block too; marks of other subnets, blocks and times are none", async () => {
    const marks = (text: string) => imported("epoch_marks", `time_ms,block,netuid\n${text}`);
    expect(await refusalOf(() => marks("9,5,30\n9,5,31\n9,5,30\n"))).toMatchObject({
      code: "TEN-IMPORT-008",
      what: "An epoch mark is there twice.",
      place: { path: "row 3, block" },
      found: "netuid 30, block 5",
      allowed: "each once; row 1 is the same",
    });
    expect(await refusalOf(() => marks("9,,30\n9,,30\n"))).toMatchObject({
      place: { path: "row 2, time_ms" },
      found: "netuid 30, 1970-01-01T00:00:00.009Z",
    });
    expect((await marks("9,5,30\n9,5,31\n9,6,30\n10,,30\n11,,30\n")).rows).toHaveLength(5);
  });

  it("and told as a contradiction where states differ", async () => {
    const [balances, seats] = [`${BALANCES}9,5,30,h,c,5\n9,5,30,h,c,6\n`, `${METAGRAPH}9,5,30,1,h,c,5\n9,5,30,1,h,c,6\n`];
    const said = { code: "TEN-IMPORT-008", found: "block 5", allowed: "one at a block; row 1 says otherwise" };
    expect(await refusalOf(() => imported("balances", balances))).toMatchObject({
      ...said,
      what: "A position has two balances at one block.",
    });
    expect(await refusalOf(() => imported("metagraph", seats))).toMatchObject({ ...said, what: "A position has two stakes at one block." });
  });

  it("also far apart in the file, where it is sorted", async () => {
    const text = `${STAKE}${filler(20_000, (at) => `${100_000 - at},${100_000 - at},1,1,added,1,h,c,1`)}99000,99000,1,1,added,1,h,c,1\n`;
    expect(await refusalOf(() => imported("stake", text, true))).toMatchObject({
      code: "TEN-IMPORT-008",
      place: { path: "row 1001, block" },
      allowed: "each once; row 20001 is the same",
    });
  });
});

it("what may come twice is taken: other positions, other roles, both sides of a transfer", async () => {
  const taken = [
    ["stake", `${STAKE}9,5,14,66,added,30,h,c,5\n9,5,14,66,removed,30,h,d,5\n9,5,14,67,added,30,h,c,5\n9,6,14,66,added,30,h,c,5\n`, 4],
    ["stake", `${STAKE}9,5,14,,added,30,h,c,5\n9,5,14,,added,30,h,c,6\n`, 2],
    ["emission", `${EMISSION}9,5,30,h,c,miner,5\n9,5,30,h,c,validator,5\n9,5,30,h,c,miner,6\n`, 3],
    ["balances", `${BALANCES}9,5,30,h,c,5\n9,5,31,h,c,5\n9,6,30,h,c,5\n`, 3],
  ] as const;
  for (const [kind, text, rows] of taken) {
    const report = await imported(kind, text);
    expect(report.rows).toHaveLength(rows);
    expect(report.warnings.join()).not.toMatch(/equal to another/);
  }
});

it("two balances of a position at one time, without blocks, are refused; the same one twice is counted", async () => {
  const [first, same, other] = ["9,,30,h,c,5\n", "9,,30,h,c,5\n", "9,,30,h,c,6\n"];
  expect(await refusalOf(() => imported("balances", `${BALANCES}${first}${other}`))).toMatchObject({
    code: "TEN-IMPORT-008",
    what: "A position has two balances at one time.",
    place: { path: "row 2, time_ms" },
    found: "1970-01-01T00:00:00.009Z",
    allowed: "one at a time; row 1 says otherwise",
  });
  expect((await imported("balances", `${BALANCES}${first}${same}10,,30,h,c,6\n`)).rows).toHaveLength(3);
  expect(await refusalOf(() => imported("metagraph", `${METAGRAPH}9,,30,1,h,c,5\n9,,30,1,h,c,6\n`))).toMatchObject({
    what: "A position has two stakes at one time.",
  });
});

it("rows that nothing tells apart are counted", async () => {
  const { warnings, rows } = await imported(
    "emission",
    `${EMISSION}9,,30,h,c,miner,5\n9,,30,h,c,miner,5\n9,,30,h,c,miner,5\n10,,30,h,c,miner,5\n`,
  );
  expect(rows).toHaveLength(4);
  expect(warnings.join()).toMatch(/2 rows are equal to another of the same time/);
});

it("blocks that run backwards while time goes on are refused, with both rows", async () => {
  expect(await refusalOf(() => imported("balances", `${BALANCES}9,5,30,h,c,5\n10,,30,h,c,5\n11,4,30,h,c,5\n`))).toMatchObject({
    code: "TEN-IMPORT-018",
    place: { path: "row 3, block" },
    found: "block 4",
    allowed: "block 5 or later, as in row 1",
  });
  expect((await refusalOf(() => imported("balances", `${BALANCES}9,5,30,h,c,5\n9,4,30,h,c,5\n`))).code).toBe("TEN-IMPORT-014");
});

it("a field that is read and is there twice is refused; one that is not read may be", async () => {
  const twice = "time_ms,netuid,price_tao_per_alpha,netuid\n1,1,0.5,2\n";
  expect(await refusalOf(() => imported("price", twice))).toMatchObject({
    code: "TEN-IMPORT-023",
    place: { path: "netuid" },
    found: "netuid",
  });
  expect((await imported("price", "time_ms,netuid,price_tao_per_alpha,note,note\n1,1,0.5,a,b\n")).rows).toHaveLength(1);
});

it("rows are named by their number in the file, also past the first batch", async () => {
  const text = `time_ms,netuid,price_tao_per_alpha\n${filler(70_000, (at) => `${at},1,0.5`)}`;
  for (const [last, code] of [
    ["70000,1,-1", "TEN-IMPORT-013"],
    ["70000,x,1", "TEN-IMPORT-013"],
    ["5,1,1", "TEN-IMPORT-014"],
  ]) {
    const refusal = await refusalOf(() => imported("price", `${text}${last}\n`));
    expect([refusal.code, refusal.place?.path?.split(",")[0]]).toEqual([code, "row 70001"]);
  }
});
