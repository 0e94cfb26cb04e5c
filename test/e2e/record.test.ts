import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChainProcess, startChainProcess } from "../chain/chain-process.js";
import { localHistory, startChainServer } from "../chain/index.js";
import { contentsOf } from "../recorders/temporary-folder.js";
import { requestsOf } from "./killed-recorder.js";
import { type Ended, ROOT, startTenure, tenure, waitUntil, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
let chain: ChainProcess;
/** So many requests it takes to record all of it, into `recordings/audited`. */
let used: number;
const startLocalChain = (...args: string[]) => startChainProcess(join(ROOT, "dist/test/chain/main.js"), args);
beforeAll(async () => {
  folder = await workFolder();
  chain = await startLocalChain("--blocks", "3000");
  const recorded = await record("recordings/audited", "--json");
  expect(recorded).toMatchObject({ code: 0 });
  used = JSON.parse(recorded.stdout).requests;
});
afterAll(async () => {
  await chain.stop();
  await folder.remove();
});

const run = (...args: string[]) => tenureHere(args, folder.path);
const record = (out: string, ...args: string[]) =>
  run("record", "--endpoint", chain.url, "--netuid", "30", "--from", "1", "--chunk-blocks", "500", "--out", out, ...args);
/** Every file of a recording, with its digest. */
const filesOf = (out: string) => contentsOf(join(folder.path, out));

function expectRefusal(ended: Ended, code: RegExp): void {
  expect(ended).toMatchObject({ code: 2, stdout: "" });
  expect(ended.stderr).toMatch(code);
  expect(ended.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
}

it("the README's commands: record, check, run, calibrate", async () => {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const section = readme.slice(readme.indexOf("## Your own subnet, from the chain"));
  const commands = [...section.slice(0, section.indexOf("\n## ")).matchAll(/^npx tenure (.*?)(?: +#.*)?$/gm)].map(
    ([, command = ""]) => command,
  );
  expect(commands).toHaveLength(4);
  for (const command of commands) {
    const ended = await tenure(command.replace("ws://127.0.0.1:9944", chain.url).split(" "), folder.path);
    expect(ended, command).toMatchObject({ code: 0 });
    if (command.startsWith("record check")) expect(ended.stdout).toMatch(/In order\.[\s\S]*residual +0 rao/);
    if (command.startsWith("run ")) expect(ended.stdout).toMatch(/rejections +none/);
    if (command.startsWith("scenarios calibrate")) expect(ended.stdout).toContain("How well it fits");
  }
  const verified = await run("verify", "runs/recorded-subnet", "--data", "recordings");
  expect(verified).toMatchObject({ code: 0 });
});

it("the ledger of an audited run equals every recorded balance", async () => {
  for (const mode of ["replay", "redistribute"]) {
    const args = ["--set", "streams.0.recorded=audited", "--set", `emission.mode=${mode}`, "--audit", "--no-duckdb", "--json"];
    const ended = await run("run", "recorded-subnet", "--data", "recordings", ...args, "--out", `runs/${mode}`);
    expect(ended).toMatchObject({ code: 0 });
    const { warnings, rejections } = JSON.parse(ended.stdout);
    // A balance that differs from the ledger is counted in a warning.
    expect(warnings).toEqual([
      expect.stringMatching(/^No stake can be older than .* nobody can have the full bonus for time\.$/),
      // Told by the recording, and no fault of the ledger: the change was measured.
      expect.stringMatching(/^audited, as its recording notes: 1 change of stake has no event that explains it; /),
    ]);
    expect(Object.values(rejections).every((count) => count === 0)).toBe(true);
  }
});

describe("an interrupted recording", () => {
  it("by Ctrl-C says what is kept, answers 130, and goes on", async () => {
    const node = await startChainServer(localHistory({ blocks: 3000 }));
    const args = ["record", "--endpoint", node.url, "--netuid", "30", "--from", "1", "--out", "stopped", "--concurrency", "2"];
    try {
      const running = startTenure([...args, "--json"], folder.path);
      await requestsOf(node, 500);
      running.process.kill("SIGINT");
      const ended = await running.ended;
      expect(ended.code).toBe(130);
      const report = JSON.parse(ended.stdout);
      expect(report).toMatchObject({ interrupted: true, manifest: { chain: { from_block: 1 } } });
      expect(report.manifest.chain.to_block).toBeLessThan(3000);
      expect(JSON.parse(ended.stderr).error).toMatchObject({
        code: "TEN-CHAIN-033",
        found: `recorded up to block ${report.manifest.chain.to_block}`,
      });
      expect(await run("record", "check", "stopped")).toMatchObject({ code: 0 });
    } finally {
      await node.close();
    }
  });
});

it("follows the chain until it is stopped", async () => {
  const growing = await startLocalChain("--blocks", "600", "--advance-ms", "10");
  try {
    const args = [
      "record",
      "--endpoint",
      growing.url,
      "--netuid",
      "30",
      "--from",
      "1",
      "--out",
      "followed",
      "--chunk-blocks",
      "100",
      "--follow",
    ];
    const running = startTenure([...args, "--quiet"], folder.path);
    const recorded = async () => {
      const text = await readFile(join(folder.path, "followed/manifest.json"), "utf8").catch(() => "{}");
      return JSON.parse(text).chain?.to_block ?? 0;
    };
    await waitUntil(running, async () => (await recorded()) >= 499);
    running.process.kill("SIGINT");
    expect((await running.ended).code).toBe(130);
    expect(await run("record", "check", "followed")).toMatchObject({ code: 0 });
  } finally {
    await growing.stop();
  }
});

it("--dry-run says how many requests it takes, and writes nothing", async () => {
  const dry = await record("dry", "--dry-run", "--json");
  expect(dry.code).toBe(0);
  const { requests, blocks } = JSON.parse(dry.stdout);
  expect(blocks).toBe(3000);
  expect(existsSync(join(folder.path, "dry"))).toBe(false);
  // Registrations, swaps and claims come on top of what can be known before.
  expect(used).toBeGreaterThanOrEqual(requests.total * 0.98);
  expect(used).toBeLessThan(requests.total * 1.1);
});

describe("bad input is refused:", () => {
  const without = (...args: string[]) => run("record", "--netuid", "30", "--from", "1", "--out", "bad", ...args);

  it("an endpoint that is not there, or never answers", async () => {
    expectRefusal(await without("--endpoint", "ws://127.0.0.1:9", "--connect-timeout", "2"), /TEN-CHAIN-001[\s\S]*ws:\/\/127\.0\.0\.1:9/);
  });

  it("an unknown subnet, with those there are", async () => {
    const ended = await run("record", "--endpoint", chain.url, "--netuid", "77", "--from", "1", "--out", "bad");
    expectRefusal(ended, /TEN-CHAIN-023/);
    expect(ended.stderr).toMatch(/19, 30/);
  });

  it.each([
    ["a block beyond the finalised head", ["--from", "1", "--to", "3001"], /TEN-CHAIN-021[\s\S]*3000/],
    ["block 0", ["--from", "0"], /TEN-CHAIN-022/],
    ["a range that ends before it begins", ["--from", "20", "--to", "10"], /TEN-CHAIN-022/],
    ["no block and no time", ["--from", "yesterday"], /TEN-CHAIN-020[\s\S]*yesterday/],
    ["an end for what has none", ["--from", "1", "--to", "10", "--follow"], /TEN-CLI-006/],
    ["no beginning", [], /TEN-CLI-005[\s\S]*--from/],
  ])("%s", async (_, range, code) => {
    expectRefusal(await run("record", "--endpoint", chain.url, "--netuid", "30", "--out", "bad", ...range), code);
  });

  it("and nothing is left", () => expect(existsSync(join(folder.path, "bad"))).toBe(false));

  it("a folder of another recording, or of something else, which stays as it is", async () => {
    await mkdir(join(folder.path, "mine"));
    await writeFile(join(folder.path, "mine/notes.txt"), "mine");
    expectRefusal(await record("mine"), /TEN-STREAM-016[\s\S]*notes\.txt/);
    expect(await readdir(join(folder.path, "mine"))).toEqual(["notes.txt"]);

    expect(await record("other", "--to", "700")).toMatchObject({ code: 0 });
    const before = await filesOf("other");
    const ended = await run("record", "--endpoint", chain.url, "--netuid", "19", "--from", "1", "--chunk-blocks", "500", "--out", "other");
    expectRefusal(ended, /TEN-CHAIN-030/);
    expect(await filesOf("other")).toEqual(before);
  });

  it("a damaged recording: `record check` answers 1 and says what", async () => {
    expect(await record("damaged", "--to", "700")).toMatchObject({ code: 0 });
    const [file = ""] = await readdir(join(folder.path, "damaged/stake"));
    const path = join(folder.path, "damaged/stake", file);
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(path, bytes);
    const ended = await run("record", "check", "damaged");
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/Not in order\.[\s\S]*TEN-STREAM-006/);
    expectRefusal(await run("record", "check", "mine"), /TEN-STREAM-002/);
  });
});
