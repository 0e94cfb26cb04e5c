import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openRun, runScenario } from "../../recorders/index.js";
import { askTables, type OpenTables, openTables } from "../../reports/index.js";
import { loadScenario } from "../../scenarios/index.js";
import { examplesOf, faultsOf, projectWith, runExample } from "./library-pages.js";
import { ROOT, workFolder } from "./tenure.js";

const PAGE = "docs/how-to/notebook.md";
let folder: Awaited<ReturnType<typeof workFolder>>;
let tables: OpenTables;
let blocks: readonly string[];
beforeAll(async () => {
  folder = await workFolder();
  await runScenario(loadScenario("demo", { sets: ["time.days=3"] }), { out: join(folder.path, "runs/demo") });
  tables = await openTables(join(folder.path, "runs/demo"));
  const page = await readFile(join(ROOT, PAGE), "utf8");
  blocks = [...page.matchAll(/^```python\n([\s\S]*?)\n```$/gm)].map(([, code = ""]) => code);
});
afterAll(async () => {
  tables?.database.close();
  await folder.remove();
});

it("the TypeScript of the page compiles and runs", async () => {
  const examples = await examplesOf(PAGE);
  expect(examples.length).toBe(2);
  await projectWith(folder.path, ROOT, examples);
  expect(
    faultsOf(
      folder.path,
      examples.map(({ name }) => name),
    ),
  ).toEqual({});
  const [bySql, byArrow] = [await runExample(folder.path, examples[0]), await runExample(folder.path, examples[1])];
  expect(bySql).toMatch(/^netuid 30, pay recorded, miners 64, gini 0\.\d+/);
  const { manifest } = await openRun(join(folder.path, "runs/demo"));
  expect(byArrow).toBe(`${manifest.tables.rewards?.rows} rows, ${manifest.summary.emission_rao} rao paid\n`);
});

it("the Python of the page asks for tables and columns that there are", async () => {
  expect(blocks.length).toBe(3);
  const catalog = await tables.database.catalog();
  const columnsOf = (name: string) => catalog.find((entry) => entry.name === name)?.columns.map((column) => column.name) ?? [];
  const [sql] = /"""([\s\S]*?)"""/.exec(blocks[0])?.slice(1) ?? [];
  const answer = await askTables(tables, String(sql));
  expect(answer.rows).toBeGreaterThan(0);
  const read = blocks.map((block) => [...block.matchAll(/runs\/demo\/tables\/(\w+)\.arrow/g)].map(([, table = ""]) => table));
  expect(read).toEqual([[], ["holdings"], ["positions", "weights"]]);
  const answered = answer.columns.map(({ name }) => name);
  for (const [at, block] of blocks.entries()) {
    const known = [...answered.filter(() => at === 0), ...read[at].flatMap(columnsOf)];
    const named = block
      .replace(/"""[\s\S]*?"""/, "")
      .replaceAll(/"runs\/[^"]*"/g, "")
      .matchAll(/"(\w+)"/g);
    const words = [...named].map(([, word = ""]) => word).filter((word) => !["mean", "max"].includes(word));
    expect(words.length).toBeGreaterThan(0);
    for (const word of words) expect(known).toContain(word);
  }
});

it("the Python of the page runs where its packages are installed", async () => {
  const execute = promisify(execFile);
  for (const [at, packages] of [["duckdb", "pandas"], ["pyarrow"], ["polars"]].entries()) {
    const found = await execute("python3", ["-c", `import ${packages.join(", ")}`]).then(
      () => true,
      () => false,
    );
    if (!found) {
      console.warn(`SKIPPED: python3 with ${packages.join(" and ")} is not on this machine; an example of ${PAGE} does not run.`);
      continue;
    }
    await writeFile(join(folder.path, "example.py"), `${blocks[at]}\n`);
    expect((await execute("python3", ["example.py"], { cwd: folder.path })).stdout.length).toBeGreaterThan(0);
  }
});
