import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT, tenure, workFolder } from "./tenure.js";

/** A study: its name stands behind the language. */
const STUDY = /^```yaml (\S+)\n([\s\S]*?)\n```$/gm;

let folder: Awaited<ReturnType<typeof workFolder>>;
let studies: readonly { readonly name: string; readonly text: string }[];
beforeAll(async () => {
  folder = await workFolder();
  const page = await readFile(join(ROOT, "docs/how-to/tune.md"), "utf8");
  studies = [...page.matchAll(STUDY)].map(([, name = "", text = ""]) => ({ name, text }));
  for (const { name, text } of studies) await writeFile(join(folder.path, name), `${text}\n`);
});
afterAll(() => folder.remove());

it("the page on tuning shows a shipped study as it is, but for its comments", async () => {
  const [first] = studies;
  const shipped = await readFile(join(ROOT, "studies", first?.name ?? ""), "utf8");
  expect(first?.text).toBe(shipped.replace(/^#.*\n/gm, "").trim());
});

it("the study of one's own of the page on tuning runs", async () => {
  expect(studies.map(({ name }) => name)).toEqual(["tune-retention.yaml", "my-study.yaml"]);
  const { code, stdout } = await tenure(["tune", "my-study.yaml", "--trials", "4", "--json"], folder.path);
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ study: "my-study", sampler: "sobol", objectives: [{ name: "held_pay_share" }, { name: "gini_after" }] });
  expect(report.trials).toHaveLength(4);
  for (const { set } of report.trials) {
    const product = set["vesting.retention_target"] * set["vesting.max_multiplier"];
    expect(product).toBeLessThanOrEqual(2);
  }
});
