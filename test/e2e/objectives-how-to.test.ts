import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadObjectives, type ObjectiveModule, runToSummary } from "../../recorders/index.js";
import { loadScenario } from "../../scenarios/index.js";
import { measured, recordingMeasured } from "../../studies/measures/measures.js";
import { checkSqlObjectives } from "../../studies/measures/sql-objective.js";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";
import { ROOT } from "./tenure.js";
import { typeErrors } from "./type-errors.js";

const folder = useTemporaryFolders();

async function filesOfPage(): Promise<{ readonly dir: string; readonly names: readonly string[] }> {
  const dir = await folder();
  const page = await readFile(join(ROOT, "docs/how-to/objectives.md"), "utf8");
  const files = [...page.matchAll(/^```ts (\S+)\n([\s\S]*?)\n```$/gm)].map(([, name = "", text = ""]) => ({ name, text }));
  for (const { name, text } of files) await writeFile(join(dir, name), `${text}\n`);
  return { dir, names: files.map(({ name }) => name) };
}

it("the file of the page on objectives compiles, and a column that is misspelt does not", async () => {
  const { dir, names } = await filesOfPage();
  expect(names).toEqual(["patience.ts"]);
  const text = await readFile(join(dir, "patience.ts"), "utf8");
  await writeFile(join(dir, "misspelt.ts"), text.replace("exits.amount_rao", "exits.amount"));
  await writeFile(join(dir, "undeclared.ts"), text.replace('tables: ["exits", "tranches"]', 'tables: ["exits"]'));
  await writeFile(join(dir, "unparametered.ts"), text.replace("measure({ power }", "measure({ powr: power }"));
  const files = ["patience", "misspelt", "undeclared", "unparametered"].map((name) => join(dir, `${name}.ts`));
  const faults = typeErrors(files, { tenure: "dist/index.d.ts" }).map(({ length }) => length);
  expect(faults[0]).toBe(0);
  expect(faults.slice(1).every((count) => count > 0)).toBe(true);
});

it("the file of the page on objectives measures what it says", async () => {
  const { dir } = await filesOfPage();
  const scenario = loadScenario("demo", { sets: ["time.days=6"] });
  const age = "epoch_ms(e.time_ms) - epoch_ms(t.entry_ms)";
  const sql = await checkSqlObjectives(
    [1, 2].map((power) => ({
      name: `by_query_${power}`,
      sql: `SELECT sum(pow(amount_rao / 1e9, ${power}) * (${age})) / sum(pow(amount_rao / 1e9, ${power})) / 86400000
        FROM exits e JOIN tranches t USING (tranche) WHERE reason = 'withdraw'`,
    })),
    scenario,
  );
  const place = { path: "objectives" };
  const modules: readonly ObjectiveModule[] = await loadObjectives(
    [
      { use: "patience.ts", place },
      { name: "by_square", use: "patience.ts", with: { power: 2 }, place },
    ],
    dir,
  );
  const measures = { sql, modules };
  const run = async (sink: Parameters<Parameters<typeof measured>[1]>[0]) => {
    await runToSummary(scenario, { sink });
    return {};
  };
  expect(recordingMeasured(scenario, measures).resolved.record.tables).toEqual(["positions", "epochs", "tranches", "exits"]);
  const { patience, by_square: bySquare, by_query_1: first, by_query_2: second } = await measured(measures, run, (call) => call());
  expect(patience).toBeGreaterThan(0);
  expect(patience).toBeCloseTo(first, 9);
  expect(bySquare).toBeCloseTo(second, 9);
  expect(bySquare).not.toBeCloseTo(patience, 3);
});
