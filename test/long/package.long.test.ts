import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { examplesOf, faultsOf, projectWith, runExample } from "../e2e/library-pages.js";
import { ROOT, workFolder } from "../e2e/tenure.js";
import { libraryNames } from "../house/pages/library-page.js";

const execute = promisify(execFile);

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

/** `npm pack` of dist/ as it is. */
async function pack(...args: string[]): Promise<Packed> {
  const { stdout } = await execute("npm", ["pack", "--json", "--ignore-scripts", ...args], { cwd: ROOT });
  const [packed] = JSON.parse(stdout);
  return packed;
}

it("the package holds what is needed to run, and nothing else", async () => {
  const { files } = await pack("--dry-run");
  const paths = files.map(({ path }) => path);
  const built = /^dist\/(index|(engine|scenarios|recorders|studies|reports|cli|bundle\/cli)\/.+)\.(js|d\.ts)$/;
  const shippedIn = async (room: string) =>
    (await readdir(join(ROOT, room))).filter((name) => name.endsWith(".yaml")).map((name) => `${room}/${name}`);
  const rules = (await readdir(join(ROOT, "scenarios/rules"))).map((name) => `scenarios/rules/${name}`);
  const shipped = [...(await shippedIn("scenarios")), ...(await shippedIn("studies")), ...rules];
  const rest = paths.filter((path) => !built.test(path)).sort();
  const page = "dist/reports/html/bundled/page.css";
  expect(rest).toEqual([...shipped, page, "CHANGELOG.md", "LICENSE", "README.md", "package.json"].sort());
  for (const path of ["dist/index.js", "dist/index.d.ts", "dist/bundle/cli/main.js"]) expect(paths).toContain(path);
});

it("the unpacked package runs: version, scenarios, demo", async () => {
  const { filename } = await pack("--pack-destination", folder.path);
  await execute("tar", ["-xzf", filename], { cwd: folder.path });
  const root = join(folder.path, "package");
  await symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
  const work = join(folder.path, "work");
  await mkdir(work);
  const { bin } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const run = (...args: string[]) => execute(process.execPath, [join(root, bin.tenure), ...args], { cwd: work });
  expect((await run("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await run("scenarios", "list")).stdout).toContain("demo");
  expect((await run("studies", "list")).stdout).toContain("tune-retention");
  await run("run", "demo", "--quiet");
  expect(await readdir(join(work, "runs/demo"))).toEqual(expect.arrayContaining(["manifest.json", "results.duckdb", "tables"]));
  await run("report", "runs/demo", "--quiet");
  expect(await readFile(join(work, "runs/demo.html"), "utf8")).toContain("uplot");
});

it("the examples of the library compile and run where the package is installed, and no more of it can be imported", async () => {
  const project = join(folder.path, "project");
  const installed = join(folder.path, "package");
  const examples = await examplesOf("docs/how-to/library.md");
  expect(examples.length).toBeGreaterThanOrEqual(5);
  await projectWith(project, installed, examples);
  expect(
    faultsOf(
      project,
      examples.map(({ name }) => name),
    ),
  ).toEqual({});
  for (const example of examples) expect(await runExample(project, example)).not.toBe("");
  const { exports } = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  expect(Object.keys(exports)).toEqual([".", "./vitest"]);
  const files = (await readdir(join(installed, "dist"), { recursive: true })).filter((name) => name.endsWith(".js"));
  expect(files.length).toBeGreaterThan(500);
  const paths = [...files.flatMap((name) => [`tenure/dist/${name}`, `tenure/${name}`]), "tenure/package.json"];
  const imports = `for (const path of ${JSON.stringify(paths)}) console.log(await import(path).then(() => path, ({ code }) => code));\n`;
  const answers = (await runExample(project, { name: "imports", text: imports })).trim().split("\n");
  expect(new Set(answers)).toEqual(new Set(["ERR_PACKAGE_PATH_NOT_EXPORTED"]));
  const named = await runExample(project, { name: "names", text: 'console.log(Object.keys(await import("tenure")).sort().join(" "));\n' });
  const declared = libraryNames().filter(({ kind }) => kind !== "type");
  expect(named.trim().split(" ")).toEqual(declared.map(({ name }) => name).sort());
});
