import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tenure, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());
const run = (...args: string[]) => tenureHere(args, folder.path);

it("makes a recording of a run that a scenario can name", async () => {
  expect(await run("run", "demo", "--set", "time.days=3", "--no-duckdb", "--quiet")).toMatchObject({ code: 0 });
  const imported = await tenure(["import", "run", "runs/demo"], folder.path);
  expect(imported).toMatchObject({ code: 0, stderr: "" });
  expect(imported.stdout).toMatch(/Imported run to recordings\/demo/);
  expect(imported.stdout).toMatch(/emission +3,840/);
  const manifest = JSON.parse(await readFile(join(folder.path, "recordings/demo/manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ coverage: "subnet", source: { importer: "run", netuids: [30] } });
  const json = await run("import", "run", "runs/demo", "--out", "again", "--coverage", "partial", "--json");
  expect(JSON.parse(json.stdout)).toMatchObject({ out: "again", coverage: "partial", digest: manifest.digest });
});

it("refuses a run that recorded too little, and a folder that is no run", async () => {
  const few = ["run", "demo", "--set", "time.days=1", "--set", "record.tables=[holdings]", "--out", "few", "--no-duckdb", "--quiet"];
  expect(await run(...few)).toMatchObject({ code: 0 });
  const refused = await run("import", "run", "few");
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain("TEN-IMPORT-050");
  expect(refused.stderr).toContain("no rewards, flows, exits, registrations");
  expect(refused.stderr).toContain("--set record.tables=all");
  expect(await run("import", "run", "recordings")).toMatchObject({ code: 2, stderr: expect.stringContaining("TEN-RESULT-003") });
});
