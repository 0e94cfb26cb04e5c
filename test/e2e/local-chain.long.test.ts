import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ChainProcess, startChainProcess } from "../chain/chain-process.js";
import { ROOT } from "./tenure.js";

const MAIN = join(ROOT, "dist/test/chain/main.js");
let chain: ChainProcess;
beforeAll(async () => {
  chain = await startChainProcess(MAIN, ["--blocks", "3"]);
});
afterAll(() => chain.stop());

/** What \`npm run chain\` runs. */
function runChain(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8" });
  return { code: status, stdout, stderr };
}

it("the local chain on port 0 takes a free port and prints it", () => {
  expect(chain.url).toMatch(/^ws:\/\/127\.0\.0\.1:[1-9]\d*$/);
});

it("on a port that is in use it ends with a code, and how to take another", () => {
  const port = chain.url.slice(chain.url.lastIndexOf(":") + 1);
  const { code, stdout, stderr } = runChain("--port", port);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^TEN-CHAIN-040 {2}127\.0\.0\.1:\d+\n/);
  expect(stderr).toContain("EADDRINUSE");
  expect(stderr).toContain("npm run chain -- --port");
  expect(stderr).not.toMatch(/^\s+at /m);
});

it.each([
  [["--port", "70000"], /--port[\s\S]*"70000"[\s\S]*0 to 65535/],
  [["--blocks", "many"], /--blocks[\s\S]*"many"/],
  [["--history", "toString"], /--history[\s\S]*local, every-shape/],
  [["--nothing"], /--nothing/],
])("refuses %j", (args, words) => {
  const { code, stderr } = runChain(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^TEN-CHAIN-041 /);
  expect(stderr).toMatch(words);
});
