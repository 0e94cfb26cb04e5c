import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Example, examplesOf, faultsOf, projectWith, runExample } from "./library-pages.js";
import { ROOT, workFolder } from "./tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
let examples: readonly Example[];
beforeAll(async () => {
  folder = await workFolder();
  examples = await examplesOf("docs/how-to/library.md");
});
afterAll(() => folder.remove());

describe("the examples of the page on the library", () => {
  it("compile, and what is misspelt does not", async () => {
    expect(examples.map(({ name }) => name)).toEqual(expect.arrayContaining(["run", "compare", "tune", "sql", "report"]));
    const misspelt: Example[] = [
      {
        name: "table",
        text: 'import { openRun, readRows } from "tenure";\nfor await (const row of readRows(await openRun("x"), "reward")) void row;\n',
      },
      {
        name: "column",
        text: 'import { openRun, readRows } from "tenure";\nfor await (const row of readRows(await openRun("x"), "rewards")) void row.paidRoa;\n',
      },
      {
        name: "word",
        text: 'import { openRun, readRows } from "tenure";\nfor await (const { role } of readRows(await openRun("x"), "rewards")) void (role === "minner");\n',
      },
      { name: "key", text: 'import { studyOf } from "tenure";\nvoid studyOf({ study: "x", scenario: "demo", vary: {}, trails: 3 });\n' },
      { name: "room", text: 'import { engine } from "tenure";\nvoid engine;\n' },
      { name: "inside", text: 'import { openRun } from "tenure/dist/recorders/index.js";\nvoid openRun;\n' },
    ];
    await projectWith(folder.path, ROOT, [...examples, ...misspelt]);
    const faults = faultsOf(
      folder.path,
      [...examples, ...misspelt].map(({ name }) => name),
    );
    expect(Object.keys(faults).sort(), JSON.stringify(faults)).toEqual(misspelt.map(({ name }) => name).sort());
  });

  it("run, and print what they say", async () => {
    const printed: Record<string, string> = {};
    for (const example of examples) printed[example.name] = await runExample(folder.path, example);
    expect(printed.run).toMatch(
      /^digest [0-9a-f]{64}\nlowest multiplier 1\.\d+, gained most peers\/miner-\d+\n\d{14} rao paid to miners\n/,
    );
    expect(printed.run).toMatch(/TEN-SCENARIO-004: Did you mean .*retention_target\?\n$/);
    expect(printed.compare).toMatch(/^gains most: peers\/miner-\d+, \d+ rao\n/);
    expect(printed.compare).toMatch(/^pot_moved: 0\.\d+ more in b, /m);
    expect(printed.tune).toMatch(/^0 \{ 'vesting\.max_multiplier': 1\.2 \} 0\.\d+$/m);
    expect(printed.tune).toMatch(/^chosen: \{"vesting\.max_multiplier":1\.2\}; the scenario with them has \d{4} characters$/m);
    expect(printed.sql).toMatch(/^64 rows of hotkey VARCHAR, paid_rao HUGEINT, paid_alpha DECIMAL\(38,9\)\npeers\/miner-\d+ \d{12}n\n/);
    expect(printed.sql).toMatch(/^30,2025-01-0\d,\d+,[\d.]+,[\d.]+,0\.000000000$/m);
    expect(printed.report).toMatch(/^64 miners\n/);
    const parts = [...printed.explain.matchAll(/^(\S+): (-?\d+) rao$/gm)].map(([, term, rao]) => [term, BigInt(rao)] as const);
    expect(parts.slice(0, -1).map(([term]) => term)).toEqual(["base_weight", "multiplier", "others.multiplier", "rounding"]);
    expect(parts.slice(0, -1).reduce((sum, [, rao]) => sum + rao, 0n)).toBe(parts.at(-1)?.[1]);
    expect(printed.explain.match(/held 0\.\d+ of its pay/g)).toHaveLength(3);
    expect(printed.guard).toMatch(/^written\ndiffers, \d{6,} rao moved\nmultiplier\.multiplier hits \d+ miners$/m);
    expect(printed.page).toMatch(/page written\n$/);
    const table = /(\d+) rao paid/.exec(printed.run)?.[1];
    const csv = printed.sql.split("\n").filter((line) => line.startsWith("30,"));
    const days = csv.map((line) => BigInt(line.split(",")[4].replace(".", "")));
    expect(days.reduce((sum, day) => sum + day, 0n)).toBe(BigInt(String(table)));
  });
});

it("no more of the package can be imported than it exports", async () => {
  for (const path of [
    "tenure/dist/index.js",
    "tenure/dist/engine/index.js",
    "tenure/engine/index.js",
    "tenure/package.json",
    "tenure/dist/cli/main.js",
  ]) {
    const attempt = { name: "attempt", text: `console.log(await import("${path}").then(() => "imported", (error) => error.code));\n` };
    expect([path, await runExample(folder.path, attempt)]).toEqual([path, "ERR_PACKAGE_PATH_NOT_EXPORTED\n"]);
  }
  const names = await runExample(folder.path, { name: "names", text: 'console.log(Object.keys(await import("tenure")).join(" "));\n' });
  const page = await examplesOf(join("docs", "how-to", "library.md"));
  const imported = page.flatMap(
    ({ text }) =>
      /import \{([^}]*)\} from "tenure"/
        .exec(text)?.[1]
        .split(",")
        .map((name) => name.trim()) ?? [],
  );
  expect(names.trim().split(" ")).toEqual(expect.arrayContaining(imported.filter((name) => !name.startsWith("type "))));
});
