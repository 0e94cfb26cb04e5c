import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChainProcess, startChainProcess } from "../chain/chain-process.js";
import { runtimeOf } from "../chain/index.js";
import { ROOT, tenure, workFolder } from "../e2e/tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
let chain: ChainProcess;
beforeAll(async () => {
  folder = await workFolder();
  chain = await startChainProcess(join(ROOT, "dist/test/chain/main.js"), ["--blocks", "900"]);
});
afterAll(async () => {
  await chain.stop();
  await folder.remove();
});

const run = (...args: string[]) => tenure(args, folder.path);
const recordArgs = (out: string) => ["record", "--endpoint", chain.url, "--netuid", "30", "--from", "1", "--out", out];

/** Runs a command, and answers which packages of the chain library it loaded: Node lists every script for its coverage. */
async function packagesLoadedBy(name: string, args: readonly string[]): Promise<string[]> {
  const coverage = join(folder.path, `coverage-${name}`);
  process.env.NODE_V8_COVERAGE = coverage;
  try {
    expect(await run(...args)).toMatchObject({ code: 0 });
  } finally {
    delete process.env.NODE_V8_COVERAGE;
  }
  const loaded = new Set<string>();
  for (const file of await readdir(coverage)) {
    const { result } = JSON.parse(await readFile(join(coverage, file), "utf8")) as { result: readonly { readonly url: string }[] };
    for (const { url } of result)
      for (const [, found = ""] of url.matchAll(/node_modules\/(@polkadot\/(?:api|rpc-core)[a-z-]*)\//g)) loaded.add(found);
  }
  return [...loaded].sort();
}

describe("the chain library is loaded", () => {
  it.each([
    ["version", ["--version"]],
    ["help", ["record", "--help"]],
    ["run", ["run", "demo", "--set", "time.days=2", "--no-duckdb", "--out", "loaded", "--quiet"]],
    ["check", ["scenarios", "check", "demo"]],
  ])(
    "not by %s",
    async (name, args) => {
      expect(await packagesLoadedBy(name, args)).toEqual([]);
    },
    60_000,
  );

  it("by a command that asks a chain, and writes nothing of its own", async () => {
    expect(await packagesLoadedBy("record", [...recordArgs("loading"), "--quiet"])).toContain("@polkadot/api");
    expect(await run(...recordArgs("silent"), "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("record runtime", () => {
  const metadataFile = async (spec: number): Promise<string> => {
    const file = join(folder.path, `metadata-${spec}.hex`);
    if (!existsSync(file)) await writeFile(file, runtimeOf(spec).metadata);
    return file;
  };

  it("says that a runtime can be recorded", async () => {
    const file = await metadataFile(424);
    const { code, stdout, stderr } = await run("record", "runtime", file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Can be recorded\.[\s\S]*shares +Alpha fixed_64, AlphaV2 decimal[\s\S]*SubtensorModule\.StakeRemoved +known/);
    const json = await run("record", "runtime", file, "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ file, can_be_recorded: true, faults: [] });
    expect(await run("record", "runtime", file, "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("answers 1 where it cannot, and says why", async () => {
    const file = await metadataFile(999);
    const { code, stdout, stderr } = await run("record", "runtime", file);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^Cannot be recorded\.[\s\S]*fault The event SubtensorModule\.StakeAdded has an unknown form/);
    const json = await run("record", "runtime", file, "--json");
    expect([json.code, JSON.parse(json.stdout).can_be_recorded]).toEqual([1, false]);
  });

  it("refuses a file without metadata, and one that is not there", async () => {
    const file = join(folder.path, "notes.txt");
    await writeFile(file, "notes");
    expect(await run("record", "runtime", file)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("TEN-CHAIN-042") });
    expect(await run("record", "runtime", `${file}.gone`)).toMatchObject({ code: 2, stderr: expect.stringContaining("TEN-CLI-002") });
  });
});

it("record and record check tell how epochs compare with what the chain says they paid", async () => {
  const recorded = await run(...recordArgs("epochs"));
  expect(recorded.stdout).toMatch(/In no epoch is more recorded than the chain paid/);
  const checked = await run("record", "check", "epochs", "--epoch-bound", "2.5");
  expect(checked.code).toBe(0);
  expect(checked.stdout).toMatch(/epochs +\d+ against Emission\[\] and the owner's cut: recorded is more by .* at most, bound 2\.5;/);
  const json = await run("record", "check", "epochs", "--json");
  expect(JSON.parse(json.stdout).epoch_check).toMatchObject({ over_bound: 0, bound_rao: 100_000_000 });
  for (const bound of ["much", "-1", "0.0000000001"]) {
    expect(await run("record", "check", "epochs", "--epoch-bound", bound)).toMatchObject({ code: 2, stdout: "" });
  }
});
