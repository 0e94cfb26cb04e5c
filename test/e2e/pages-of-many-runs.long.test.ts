import { execFileSync } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInProcess } from "../cli/run-in-process.js";
import { marksOf, overhang, type PageBrowser, PHONE, seriousFaults, startBrowser } from "./page-browser.js";
import { MAIN, workFolder } from "./tenure.js";

const HOSTILE = `<img src=x onerror="alert('run')">`;
const SCENARIO = `name: small
time: { start: 2025-01-01, days: 3 }
subnet: { netuid: 7, tempo: 720 }
streams: [{ synthetic: subnet, name: peers, miners: 6, removes_per_day: 4, behaviours: { holders: 1, trimmers: 1 } }]
emission: redistribute
vesting: { retention_window_days: 2 }
`;
const AGENTS = `name: agents
time: { start: 2025-01-01, days: 2 }
subnet: { netuid: 7, tempo: 720 }
closed_loop:
  market: { kind: pool, tao_reserve: 1000, alpha_reserve: 20000 }
  skill: { half_life: 2 d, deviation: 0.3 }
  miners: [{ name: holders, count: 4, strategy: hold }, { name: dumpers, count: 4, strategy: sell_all }]
record: { tables: [agents] }
`;
const STUDY = `study: hostile
description: ${JSON.stringify(`${HOSTILE} and a \u202etrick`)}
scenario: ./small.yaml
vary:
  vesting.retention_target: [0.5, 0.75, 1]
  vesting.max_multiplier: [1.2, 2, 3]
objectives: [held_pay_share, pot_moved]
`;

let folder: Awaited<ReturnType<typeof workFolder>>;
let browser: PageBrowser;
const inFolder = (...path: string[]) => join(folder.path, ...path);

async function tenure(...args: string[]): Promise<string> {
  const { code, out, err } = await runInProcess(args);
  expect(err).toBe("");
  expect(code).toBe(0);
  return out;
}

const writePage = (name: string) => tenure("report", inFolder(name), "--quiet");

beforeAll(async () => {
  folder = await workFolder();
  for (const [name, text] of [
    ["small", SCENARIO],
    ["agents", AGENTS],
    ["study", STUDY],
  ])
    await writeFile(inFolder(`${name}.yaml`), text);
  await tenure("tune", inFolder("study.yaml"), "--replicates", "4", "--jobs", "1", "--out", inFolder("tuning"), "--quiet");
  await tenure("run", inFolder("small.yaml"), "--replicates", "5", "--jobs", "1", "--out", inFolder("replicates"), "--quiet");
  const sides = [inFolder("agents.yaml"), inFolder("agents.yaml"), "--set-b", "vesting.max_multiplier=3"];
  await tenure("compare", ...sides, "--replicates", "3", "--jobs", "1", "--out", inFolder("comparison"), "--quiet");
  for (const name of ["tuning", "replicates", "comparison"]) await writePage(name);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await folder.remove();
});

describe.each<[name: string, kind: string, charts: readonly string[], sections: readonly string[]]>([
  [
    "tuning",
    "Report of a study",
    ["plateau-0-0", "plateau-1-1", "map-0-1-0", "map-0-1-1", "front-1", "importance-0", "importance-1"],
    ["findings", "choice", "plateau", "maps", "front", "trust", "importance", "trials"],
  ],
  ["replicates", "Report of a study", ["draws-0", "draws-1"], ["findings", "draws", "figures"]],
  [
    "comparison",
    "Report of a comparison",
    ["differences-chart", "strategies-chart", "changes", "ends"],
    ["findings", "changed", "differences", "strategies", "miners"],
  ],
])("the page of the folder %s", (name, kind, charts, sections) => {
  it("opens without a fault, asks nothing of the network, and has its charts with marks in them", async () => {
    await browser.open(inFolder(`${name}.html`));
    expect(browser.said).toEqual([]);
    expect(browser.asked).toHaveLength(1);
    expect(await browser.page.locator("header .kind").textContent()).toBe(kind);
    expect(await browser.page.locator("main > section").evaluateAll((all) => all.map(({ id }) => id))).toEqual(sections);
    const marks = await marksOf(browser.page);
    expect(Object.keys(marks)).toEqual(expect.arrayContaining([...charts]));
    for (const [id, count] of Object.entries(marks)) expect(count, id).toBeGreaterThan(1);
    expect(await browser.page.locator("main").textContent()).not.toMatch(/NaN|undefined|\[object/);
  });

  it("fits a phone, light and dark, and a sheet of paper, and can be read by everybody", async () => {
    await browser.open(inFolder(`${name}.html`));
    expect(await seriousFaults(browser.page)).toEqual([]);
    await browser.page.setViewportSize(PHONE);
    expect(await overhang(browser.page)).toBe(0);
    await browser.page.emulateMedia({ colorScheme: "dark" });
    expect(await browser.page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(13, 17, 23)");
    expect(await seriousFaults(browser.page)).toEqual([]);
    await browser.page.emulateMedia({ media: "print" });
    expect(await browser.page.locator("nav").isVisible()).toBe(false);
    expect(await browser.page.locator("figure.chart svg").first().isVisible()).toBe(true);
  });
});

it("searches and sorts the trials", async () => {
  await browser.open(inFolder("tuning.html"));
  const rows = browser.page.locator("#trials tbody tr:visible");
  expect(await rows.count()).toBe(9);
  await browser.page.locator("#trials input[type=search]").fill("chosen");
  expect(await rows.count()).toBe(1);
  await browser.page.locator("#trials input[type=search]").fill("");
  const column = async () => (await rows.locator("td:first-child").allTextContents()).map(Number);
  await browser.page.locator("#trials th button").first().click();
  expect(await column()).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0]);
  await browser.page.locator("#trials th button").first().click();
  expect(await column()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

it("shows a hostile description as text, and runs nothing of it", async () => {
  await browser.open(inFolder("tuning.html"));
  expect(await browser.page.locator("header").textContent()).toContain(`${HOSTILE} and a \\u{202e}trick`);
  expect(await browser.page.locator("header img").count()).toBe(0);
  expect(await browser.page.locator("body").textContent()).not.toContain(folder.path);
  expect(browser.said).toEqual([]);
});

it("says the same with --json as the folder's own command, and the same bytes each time", async () => {
  const report = JSON.parse(await tenure("report", inFolder("comparison"), "--json"));
  const own = JSON.parse(await tenure("compare", inFolder("comparison", "a"), inFolder("comparison", "b"), "--json"));
  expect(report.out).toBeNull();
  expect(report.comparison.figures).toEqual(own.figures);
  expect(report.comparison.pay_moved).toEqual(own.pay_moved);
  expect(report.changes).toHaveLength(report.comparison.miners);
  const tuning = JSON.parse(await tenure("report", inFolder("tuning"), "--json"));
  expect(tuning.tuning).toEqual(JSON.parse(await tenure("studies", "show", inFolder("tuning"), "--json")));
  const replicates = JSON.parse(await tenure("report", inFolder("replicates"), "--json"));
  expect(replicates.summary).toEqual(JSON.parse(await tenure("show", inFolder("replicates"), "--json")));
  expect(replicates.values.pot_moved).toHaveLength(5);
  for (const name of ["tuning", "replicates", "comparison"]) {
    const before = await readFile(inFolder(`${name}.html`));
    await writePage(name);
    expect(before.equals(await readFile(inFolder(`${name}.html`)))).toBe(true);
  }
});

describe("a comparison that is not whole", () => {
  it("is refused where it was not finished, or a side was run anew", async () => {
    const sides = [inFolder("agents.yaml"), inFolder("agents.yaml"), "--set-b", "vesting.max_multiplier=3"];
    await tenure("compare", ...sides, "--replicates", "2", "--jobs", "1", "--out", inFolder("other"), "--quiet");
    const again = await runInProcess([
      "run",
      inFolder("agents.yaml"),
      "--replicates",
      "1",
      "--jobs",
      "1",
      "--force",
      "--out",
      inFolder("other", "a"),
      "--quiet",
    ]);
    expect(again.code).toBe(0);
    const anew = await runInProcess(["report", inFolder("other")]);
    expect(anew.code).toBe(2);
    expect(anew.err).toContain("TEN-REPORT-041");
    await rm(inFolder("other", "manifest.json"));
    const unfinished = await runInProcess(["report", inFolder("other")]);
    expect(unfinished.code).toBe(2);
    expect(unfinished.err).toContain("TEN-REPORT-040");
    // Whoever asks its tables is told the same.
    const unasked = await runInProcess(["sql", inFolder("other"), "SELECT 1"]);
    expect(unasked).toMatchObject({ code: 2, err: expect.stringContaining("TEN-SQL-011") });
    expect(unasked.err).toContain("was not finished");
    const damaged = JSON.parse(await readFile(inFolder("comparison", "manifest.json"), "utf8"));
    await writeFile(inFolder("other", "manifest.json"), JSON.stringify({ ...damaged, seed: damaged.seed + 1 }));
    for (const [args, code] of [
      [["report", inFolder("other")], "TEN-REPORT-040"],
      [["sql", inFolder("other"), "SELECT 1"], "TEN-SQL-011"],
    ] as const)
      expect(await runInProcess([...args])).toMatchObject({ code: 2, err: expect.stringContaining(code) });
  });
});

it("every chart of a study and of a comparison names a command that answers rows, as it stands on the page", async () => {
  let asked = 0;
  for (const name of ["tuning", "replicates", "comparison"]) {
    await browser.open(inFolder(`${name}.html`));
    const charts = await browser.page.locator("figure.chart").evaluateAll((all) =>
      all.map((one) => ({
        id: one.id,
        command: one.querySelector("details code")?.textContent ?? null,
        rows: one.querySelectorAll("details tbody tr").length,
      })),
    );
    expect(charts.length).toBeGreaterThan(1);
    for (const { id, command, rows } of charts) {
      // Only what is judged on parts of the data is in no table: its rows stand on the page.
      if (command === null) expect([id, rows > 0]).toEqual([expect.stringMatching(/^folds-/), true]);
    }
    const commands = [...new Set(charts.flatMap((one) => one.command ?? []))];
    for (const command of commands) {
      // As a shell takes it apart.
      const words = execFileSync("sh", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8" }).split("\0");
      expect(words.slice(0, 4)).toEqual(["npx", "tenure", "sql", name]);
      const answer = await tenure("sql", inFolder(name), words[4] ?? "", "--csv");
      expect(answer.trim().split("\n").length, command).toBeGreaterThan(1);
      asked += 1;
    }
    // And once as it is typed where the page was made, with the command that is shipped.
    const [first = ""] = commands;
    const typed = execFileSync("sh", ["-c", first.replace(/^npx tenure/, '"$NODE" "$MAIN"')], {
      cwd: folder.path,
      encoding: "utf8",
      env: { ...process.env, NODE: process.execPath, MAIN },
    });
    expect(typed).toMatch(/\d+ rows?/);
  }
  expect(asked).toBeGreaterThan(10);
});
