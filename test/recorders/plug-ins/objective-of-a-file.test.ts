import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXITS_TABLE } from "../../../engine/index.js";
import { GatheredTables, loadObjectives, measureObjective, type ObjectiveUse, runToSummary } from "../../../recorders/index.js";
import { smallScenario } from "../../studies/small-study.js";
import { makeBatch } from "../results/sample-batches.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";

const folder = useTemporaryFolders();
const PLACE = { file: "study.yaml", line: 7, column: 3, path: "objectives.0" };

const declaring = (measure: string, more = "") =>
  `export default ({ objective, number, flag, ...helpers }) => objective({ name: "mine", meaning: "m", better: "min", tables: ["exits"],
    parameters: { power: number({ range: { atLeast: 0, atMost: 2 }, default: 1, meaning: "m" }) }, measure: ${measure}, ${more} });`;

async function loaded(text: string, more: Partial<ObjectiveUse> = {}) {
  const dir = await folder();
  await writeFile(join(dir, "mine.ts"), text);
  const [module] = await loadObjectives([{ use: "./mine.ts", place: PLACE, ...more }], dir);
  return module;
}
const measured = async (measure: string, figures = {}, tables = {}) => measureObjective(await loaded(declaring(measure)), figures, tables);
const exits = (rows: number) => {
  const kept = new GatheredTables(["exits"]);
  kept.append("exits", makeBatch(EXITS_TABLE, 0, rows, rows + 2));
  return kept.tables();
};

describe("an objective of a file", () => {
  it("is what its file declares, under the name it is given, its parameters filled in", async () => {
    const { bundle, ...own } = await loaded(declaring("() => 1"));
    expect(own).toEqual({ name: "mine", file: "./mine.ts", meaning: "m", better: "min", tables: ["exits"], values: { power: 1 } });
    expect(bundle.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await loaded(declaring("() => 1"), { name: "other", with: { power: 2 } })).toMatchObject({
      name: "other",
      values: { power: 2 },
      bundle,
    });
    expect((await loaded(declaring("() => 2"))).bundle.sha256).not.toBe(bundle.sha256);
  });

  it("is shown the figures and the columns of its tables, words as words", async () => {
    const tables = exits(40);
    const own = "({ power }, { figures, tables: { exits } }) => figures.pot * power + exits.amount_rao.reduce((a, b) => a + b, 0) / 1e9";
    const amounts = Array.from(tables.exits.amount_rao as Float64Array);
    expect(await measured(own, { pot: 0.25 }, tables)).toBe(0.25 + amounts.reduce((a, b) => a + b, 0) / 1e9);
    const counted = await measured('(_, { tables: { exits } }) => exits.reason.filter((one) => one === "burn").length', {}, tables);
    expect(counted).toBe((tables.exits.reason as string[]).filter((one) => one === "burn").length);
    expect(counted).toBeGreaterThan(0);
    expect(await measured("(_, { tables }) => Object.keys(tables).length + Object.keys(tables.exits).length", {}, tables)).toBe(7);
  });

  it("gets its own copy: what it writes is not there the next time, nor in what others see", async () => {
    const tables = exits(3);
    const before = structuredClone(tables);
    const module = await loaded(
      declaring(`(values, { figures, tables }) => {
        globalCount += 1;
        tables.exits.amount_rao.fill(0);
        Float64Array.prototype.map = () => { throw 1; };
        try { figures.pot = 9; } catch { globalCount += 10; }
        try { tables.exits.reason[0] = "burn"; } catch { globalCount += 100; }
        try { values.power = 2; } catch { globalCount += 1000; }
        return globalCount;
      }`).replace("export default", "let globalCount = 0;\nexport default"),
    );
    for (let time = 0; time < 3; time++) expect(measureObjective(module, { pot: 1 }, tables)).toBe(1111);
    expect(tables).toEqual(before);
    expect(Float64Array.of(1).map((one) => one + 1)[0]).toBe(2);
  });

  it("is given what a run writes, whole", async () => {
    const kept = new GatheredTables(["exits", "epochs"]);
    const { exits: count, epochs } = await runToSummary(smallScenario(), { sink: kept });
    const tables = kept.tables();
    expect([tables.exits.amount_rao.length, tables.epochs.epoch.length]).toEqual([count, epochs]);
    expect(await measured("(_, { tables }) => tables.exits.amount_rao.length", {}, tables)).toBe(count);
  });

  it.each([
    ["throws", '() => { throw new Error("no"); }', "TEN-PLUGIN-011", /no/],
    ["throws what has no words", "() => { throw Object.create(null); }", "TEN-PLUGIN-011", /no words/],
    ["asks for chance", "() => Math.random()", "TEN-PLUGIN-011", /Math\.random is not there/],
    ["asks for a table that it does not declare", "(_, { tables }) => tables.flows.amount_rao.length", "TEN-PLUGIN-011", /amount_rao/],
    ["gives NaN", "(_, { figures }) => figures.nothing + 1", "TEN-PLUGIN-018", /NaN/],
    ["gives what is infinite", "() => 1 / 0", "TEN-PLUGIN-018", /Infinity/],
    ["gives a text", '() => "1"', "TEN-PLUGIN-018", /"1"/],
    ["gives nothing", "() => {}", "TEN-PLUGIN-018", /nothing/],
    ["gives an object that makes trouble", "() => ({ valueOf() { throw 1; } })", "TEN-PLUGIN-018", /type object/],
  ])("that %s is refused, with its file", async (_what, measure, code, words) => {
    const { message, ...refusal } = await refusalOf(() => measured(measure, {}, exits(1)));
    expect(refusal).toMatchObject({ code, place: { file: "./mine.ts" } });
    expect(message).toMatch(words);
  });

  it.each([
    ["of another kind", declaring("() => 1", 'kind: "multiplier_rule"').replace("objective({", "({"), "TEN-PLUGIN-009", "kind"],
    ["of a table that there is not", declaring("() => 1").replace('"exits"', '"exit"'), "TEN-PLUGIN-009", "tables.0"],
    ["of a table twice", declaring("() => 1").replace('"exits"', '"exits", "exits"'), "TEN-PLUGIN-009", "tables.1"],
    ["of tables that are no list", declaring("() => 1").replace('["exits"]', '"exits"'), "TEN-PLUGIN-009", "tables"],
    ["that does not say what is better", declaring("() => 1").replace('better: "min",', ""), "TEN-PLUGIN-009", "better"],
    ["without a measure", declaring("1"), "TEN-PLUGIN-009", "measure"],
    ["with a key that nobody reads", declaring("() => 1", "mesure: 1"), "TEN-PLUGIN-009", "mesure"],
    ["with a name that is none", declaring("() => 1").replace('"mine"', '"My own"'), "TEN-PLUGIN-009", "name"],
  ])("%s is refused where it declares so", async (_what, text, code, path) => {
    expect(await refusalOf(() => loaded(text))).toMatchObject({ code, place: { file: "./mine.ts", path } });
  });

  it("that is not there, or is given what it does not take, is refused where it is named", async () => {
    const dir = await folder();
    expect(await refusalOf(() => loadObjectives([{ use: "./gone.ts", place: PLACE }], dir))).toMatchObject({
      code: "TEN-PLUGIN-001",
      place: PLACE,
    });
    const wrong = { with: { power: 3 } };
    const path = "objectives.0.with.power";
    expect(await refusalOf(() => loaded(declaring("() => 1"), wrong))).toMatchObject({ place: { ...PLACE, path }, found: 3 });
    const misspelt = await refusalOf(() => loaded(declaring("() => 1"), { with: { powr: 1 } }));
    expect(misspelt).toMatchObject({ place: { ...PLACE, path: "objectives.0.with.powr" } });
    expect(misspelt.message).toContain("Did you mean power?");
  });

  it("can be a plain object, in JavaScript, with tables and parameters left out", async () => {
    const plain =
      'export default () => ({ kind: "objective", name: "mine", meaning: "m", better: "max", measure: (_, { figures }) => figures.a });';
    const module = await loaded(plain);
    expect(module).toMatchObject({ better: "max", tables: [], values: {} });
    expect(Object.is(measureObjective(module, { a: -0 }, {}), 0)).toBe(true);
  });

  it("is no rule that a scenario can name", async () => {
    const dir = await folder();
    await writeFile(join(dir, "mine.ts"), declaring("() => 1"));
    const named = smallScenario({ sets: [`vesting={ rule: ${join(dir, "mine.ts")} }`] });
    expect(await refusalOf(() => runToSummary(named))).toMatchObject({ code: "TEN-PLUGIN-009", found: "objective" });
  });
});
