import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT, tenure, workFolder } from "./tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
  expect(await tenure(["run", "demo", "--set", "time.days=20", "--out", "demo", "--quiet"], folder.path)).toMatchObject({ code: 0 });
  for (const [change, out] of [
    ["vesting.max_multiplier=2", "runs/max-2"],
    ["vesting.retention_target=0.7", "runs/target-70"],
  ]) {
    expect(await tenure(["run", "demo", "--set", change, "--set", "time.days=5", "--out", out, "--quiet"], folder.path)).toMatchObject({
      code: 0,
    });
  }
  expect(await tenure(["run", "tao20-crash", "--out", "crash", "--quiet"], folder.path)).toMatchObject({ code: 0 });
});
afterAll(() => folder.remove());

it.each([
  ["sql", "demo", 4],
  ["index-subnet", "crash", 3],
  ["tune", "runs/max-2", 2],
  ["objectives", "demo", 3],
])("every query of the how-to %s answers on a real run", async (name, run, least) => {
  const page = await readFile(join(ROOT, `docs/how-to/${name}.md`), "utf8");
  const queries = [...page.matchAll(/^```sql\n([\s\S]*?)\n```$/gm)].map(([, query = ""]) =>
    query.replaceAll("'runs/", `'${folder.path}/runs/`),
  );
  expect(queries.length).toBeGreaterThanOrEqual(least);
  const instance = await DuckDBInstance.create(join(folder.path, `${run}/results.duckdb`), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  try {
    for (const query of queries) {
      const { currentRowCount } = await connection.runAndReadAll(query);
      expect(currentRowCount, query).toBeGreaterThan(0);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
});
