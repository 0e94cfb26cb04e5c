import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, tenure, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";
import { typeErrors } from "./type-errors.js";

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const EPOCHS = 4;

const csv = (head: string, rows: readonly string[]) => [head, ...rows, ""].join("\n");
const paid = csv(
  "time_ms,netuid,hotkey,coldkey,role,amount_rao",
  Array.from({ length: EPOCHS }, (_, epoch) =>
    ["m1", "m2", "m3"].map((key) => `${START + (epoch + 1) * HOUR},1,${key},c-${key},miner,2000000000`),
  ).flat(),
);
/** m3 is scored once, when the second epoch is over; a row at the very end of an epoch counts from the next. */
const scores = csv("time_ms,netuid,hotkey,score,work", [`${START + 1},1,m1,3,1`, `${START + 1},1,m2,1,`, `${START + 2 * HOUR},1,m3,4,9`]);
const collateral = csv("time_ms,netuid,hotkey,amount_rao", [`${START + 1},1,m1,10000000000`, `${START + 1},1,m2,5000000000`]);
const owed = csv("time_ms,netuid,hotkey,amount_rao,unit", [
  `${START + 1},1,m1,1500000000,alpha`,
  `${START + 3 * HOUR + 1},1,m2,500000000,alpha`,
]);
const scenario = (name: string, streams: string, rest: string) =>
  `name: ${name}\ntime: { start: 2026-01-01T00:00:00Z }\nstreams: [{ recorded: paid, coverage: subnet }${streams}]\nemission: redistribute\n${rest}\nrecord: { tables: all, every_epochs: 1 }\n`;
const WORK = `export default ({ factorStage, min }) => factorStage({
  name: "work", meaning: "work / 10", parameters: {},
  bind: () => ({ ceiling: 1, beyond: "what was worked", factor: (facts, miner) => min(1, (facts.scoreColumn(miner, "work") || 0) / 10) }),
});\n`;

describe("tables of scores, collateral and what is owed", () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  const cli = (...args: string[]): Promise<Ended> => tenureHere(args, folder.path);
  const importTable = (file: string, kind: string, ...more: string[]) =>
    cli("import", "table", `${file}.csv`, "--kind", kind, "--out", file, "--addresses", "any", "--quiet", ...more);
  /** Paid in each epoch, alpha, by hotkey. */
  const paysOf = async (name: string): Promise<Record<string, number[]>> => {
    const ran = await cli("run", `${name}.yaml`, "--data", ".", "--out", name, "--force", "--quiet");
    expect(ran).toMatchObject({ code: 0 });
    const sql = "select p.hotkey, r.epoch, r.paid_rao from rewards r join positions p using (position) order by all";
    const { rows } = JSON.parse((await cli("sql", name, sql, "--json")).stdout) as {
      rows: readonly { hotkey: string; paid_rao: unknown }[];
    };
    const pays: Record<string, number[]> = {};
    for (const { hotkey, paid_rao: rao } of rows) pays[hotkey] = [...(pays[hotkey] ?? []), Number(rao) / 1e9];
    return pays;
  };
  const write = (name: string, text: string) => writeFile(join(folder.path, name), text);

  beforeAll(async () => {
    folder = await workFolder();
    for (const [name, text] of Object.entries({ paid, scores, collateral, owed })) await write(`${name}.csv`, text);
    expect((await importTable("paid", "emission")).code).toBe(0);
    expect((await importTable("scores", "scores", "--columns", "work")).code).toBe(0);
    expect((await importTable("collateral", "collateral")).code).toBe(0);
    expect((await importTable("owed", "obligations")).code).toBe(0);
  });
  afterAll(() => folder.remove());

  it("are base weights, from the epoch after the one in which they are told at its end", async () => {
    await write(
      "by-score.yaml",
      scenario("by-score", ", { recorded: scores }", "weights: { from: scores }\nstages: [{ curve: { kind: linear } }]"),
    );
    expect(await paysOf("by-score")).toEqual({ m1: [4.5, 4.5, 2.25, 2.25], m2: [1.5, 1.5, 0.75, 0.75], m3: [0, 0, 3, 3] });
    expect((await cli("verify", "by-score")).code).toBe(0);
  });

  it("are read by a stage of one's own, column by column", async () => {
    await write("work.js", WORK);
    await write(
      "by-work.yaml",
      scenario("by-work", ", { recorded: scores }", "stages: [{ plug_in: { rule: ./work.js } }, { residual: burn }]"),
    );
    expect(await paysOf("by-work")).toEqual({ m1: [0.2, 0.2, 0.2, 0.2], m2: [0, 0, 0, 0], m3: [0, 0, 1.8, 1.8] });
    const told = await cli("explain", "by-work", "--hotkey", "m3", "--epoch", "last");
    expect(told.stdout).toContain("as recorded; by what was worked");
    await write(
      "by-column.yaml",
      scenario("by-column", ", { recorded: scores }", "weights: { from: scores, column: work }\nstages: [{ curve: { kind: linear } }]"),
    );
    expect(await paysOf("by-column")).toEqual({ m1: [6, 6, 0.6, 0.6], m2: [0, 0, 0, 0], m3: [0, 0, 5.4, 5.4] });
  });

  it("gate by collateral, and pay what is owed", async () => {
    const gate = "stages: [{ gate: { by: collateral, at_least: 10, below: scale, power: 2 } }, { residual: burn }]";
    await write("by-collateral.yaml", scenario("by-collateral", ", { recorded: collateral }", gate));
    expect(await paysOf("by-collateral")).toEqual({ m1: [2, 2, 2, 2], m2: [0.5, 0.5, 0.5, 0.5], m3: [0, 0, 0, 0] });
    await write(
      "by-debt.yaml",
      scenario("by-debt", ", { recorded: owed }", "stages: [{ budget: { owed: obligations } }, { residual: burn }]"),
    );
    expect(await paysOf("by-debt")).toEqual({ m1: [1.5, 0, 0, 0], m2: [0, 0, 0, 0.5], m3: [0, 0, 0, 0] });
  });

  it("of which nobody has any make no weights: nobody is paid, and the run says so", async () => {
    await write("late.csv", csv("time_ms,netuid,hotkey,score", [`${START + 9 * HOUR},1,m1,3`]));
    expect((await importTable("late", "scores")).code).toBe(0);
    await write("late.yaml", scenario("late", ", { recorded: late, name: late-scores }", "weights: { from: scores }"));
    const { code, stdout } = await cli("run", "late.yaml", "--data", ".", "--out", "late-run");
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain("In 4 of 4 epochs no miner had a score above 0");
  });

  it("a column that no row has is refused, with the one that was meant", async () => {
    await write("column.yaml", scenario("column", ", { recorded: scores }", "weights: { from: scores, column: wrok }"));
    const { code, stderr } = await cli("run", "column.yaml", "--data", ".");
    expect(code).toBe(2);
    for (const words of ["TEN-RUN-006", 'found:   "wrok"', "Did you mean work?"]) expect(stderr).toContain(words);
  });

  it("a copied scenario takes its rule along, runs and is verified; the rules are of the types of the library", async () => {
    const made = await cli("scenarios", "new", "mine", "--from", "last-champions", "--json");
    expect(JSON.parse(made.stdout)).toEqual({ name: "mine", out: "mine.yaml", from: "last-champions", rules: ["rules/last-champions.ts"] });
    expect(await readFile(join(folder.path, "mine.yaml"), "utf8")).toMatch(/^# +tenure run mine\.yaml\n[\s\S]*^name: "mine"$/m);
    expect((await cli("run", "mine.yaml", "--quiet")).code).toBe(0);
    // The built command takes a rule up as this one does.
    expect((await tenure(["verify", "runs/mine"], folder.path)).code).toBe(0);
    expect((await cli("scenarios", "new", "mine", "--from", "last-champions")).stderr).toContain("TEN-CLI-004");
    expect((await cli("scenarios", "new", "x", "--from", "last-champion")).stderr).toContain("Did you mean last-champions?");
    expect((await cli("scenarios", "new", "sigmoid", "--from", "sigmoid-decay", "--quiet")).code).toBe(0);
    const rules = ["last-champions", "sigmoid-decay"].map((name) => join(folder.path, "rules", `${name}.ts`));
    expect(typeErrors(rules, { tenure: "dist/index.d.ts" })).toEqual([[], []]);
  });

  it("a shipped scenario with a rule is verified and explained wherever it was run", async () => {
    expect((await cli("run", "sigmoid-decay", "--out", "decay", "--quiet", "--set", "time.days=10")).code).toBe(0);
    expect((await cli("verify", "decay")).code).toBe(0);
    const { stdout } = await cli("explain", "decay", "--hotkey", "peers/miner-003", "--epoch", "last");
    expect(stdout).toContain("sigmoid_decay");
    expect(stdout).toContain("an input of sigmoid_decay");
    expect(stdout).not.toContain("registered");
    const whole = await cli("explain", "decay", "--hotkey", "peers/miner-003");
    expect(whole.stdout).toContain("sigmoid_decay goes by when its work was scored");
    expect(whole.stdout).not.toMatch(/is held|what it holds/);
  });
});
