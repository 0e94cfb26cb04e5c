import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MAIN, ROOT } from "./tenure.js";

/** The command before its modules are joined to few files: what is counted. */
const MODULES = join(ROOT, "dist/cli/main.js");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-modules-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes the address of each module that is loaded into a file, a line each. */
function recorder(file: string): string {
  const hooks = `import { appendFileSync } from "node:fs";
export async function load(url, context, next) {
  appendFileSync(${JSON.stringify(file)}, url + "\\n");
  return next(url, context);
}`;
  const url = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  return url(`import { register } from "node:module"; register(${JSON.stringify(url(hooks))});`);
}

const found = new Map<string, Promise<string[]>>();
/** The modules that a command loads, from the root of the project; those of Node itself left out. A command is run once. */
function modulesOf(args: readonly string[], main = MODULES): Promise<string[]> {
  const key = JSON.stringify([main, ...args]);
  const modules = found.get(key) ?? loadedBy(args, main);
  found.set(key, modules);
  return modules;
}
async function loadedBy(args: readonly string[], main: string): Promise<string[]> {
  const file = join(folder, `${args.join("_").replaceAll(/[-/]/g, "")}${main === MODULES ? "" : ".joined"}`);
  await promisify(execFile)(process.execPath, ["--import", recorder(file), main, ...args], { cwd: folder });
  const urls = (await readFile(file, "utf8")).trim().split("\n");
  return urls.filter((url) => url.startsWith("file:")).map((url) => relative(ROOT, fileURLToPath(url)));
}

const packagesOf = (modules: readonly string[]) => [
  ...new Set(modules.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])),
];

it.each([
  { args: ["--version"], most: 20, packages: ["commander"] },
  // A module a command, and what they share.
  { args: ["--help"], most: 62, packages: ["commander", "cli-progress"] },
  { args: ["run", "--help"], most: 25, packages: ["commander", "cli-progress"] },
  { args: ["studies", "list"], most: 35, packages: ["commander", "cli-table3"] },
  { args: ["tune", "--help"], most: 30, packages: ["commander", "cli-progress"] },
  { args: ["scenarios", "list"], most: 35, packages: ["commander", "cli-table3"] },
  { args: ["scenarios", "list", "--json"], most: 35, packages: ["commander", "cli-table3"] },
])("$args loads no more than it needs", async ({ args, most, packages }) => {
  const modules = await modulesOf(args);
  expect(modules).toContain("dist/cli/main.js");
  expect(packagesOf(modules).filter((name) => !packages.includes(name))).toEqual([]);
  expect(modules.filter((file) => /^dist\/\w+\/index\.js$/.test(file))).toEqual([]);
  expect(modules.length).toBeLessThanOrEqual(most);
});

it("what is counted grows where an engine is loaded", async () => {
  const modules = await modulesOf(["scenarios", "check", "demo"]);
  expect(modules).toContain("dist/engine/index.js");
  expect(packagesOf(modules)).toEqual(expect.arrayContaining(["yaml", "zod"]));
});

const RUN = ["run", "demo", "--set", "time.days=1", "--no-duckdb", "--quiet", "--out"];
const BUILT_IN = [...RUN, "built-in"];

it("esbuild is loaded only for a rule of one's own", async () => {
  expect(packagesOf(await modulesOf(BUILT_IN))).not.toContain("esbuild");
  const rule = join(folder, "rule.js");
  const body = 'kind: "multiplier_rule", name: "one", meaning: "m", ceiling: () => 1, bind: () => () => 1';
  await writeFile(rule, `export default () => ({ ${body} });`);
  expect(packagesOf(await modulesOf([...RUN, "own", "--set", "vesting.rule=./rule.js"]))).toContain("esbuild");
});

it.each([
  ["a run", BUILT_IN],
  ["an import", ["import", "table", "rows.csv", "--kind", "price", "--out", "imported", "--quiet"]],
])("%s loads nothing that speaks to a chain", async (_, args) => {
  await writeFile(join(folder, "rows.csv"), "time_ms,netuid,price_tao_per_alpha\n1,30,0.5\n");
  const packages = packagesOf(await modulesOf(args));
  expect(packages).toContain("apache-arrow");
  expect(packages.filter((name) => name.startsWith("@polkadot/") || name === "ws")).toEqual([]);
});

it("the joined command loads few files, and of packages those alone that cannot be joined", async () => {
  const help = await modulesOf(["--help"], MAIN);
  expect(help).toContain("dist/bundle/cli/main.js");
  expect(packagesOf(help)).toEqual([]);
  const check = await modulesOf(["scenarios", "check", "demo"], MAIN);
  expect(packagesOf(check)).toEqual([]);
  const run = await modulesOf(["run", "demo", "--set", "time.days=1", "--quiet", "--out", "joined"], MAIN);
  expect(packagesOf(run)).toEqual(["@duckdb/node-bindings"]);
  expect(run.length).toBeLessThan((await modulesOf(["scenarios", "check", "demo"])).length / 3);
});
