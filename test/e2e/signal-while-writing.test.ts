import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MAIN, tenure, workFolder } from "./tenure.js";

/** Sends the process a signal as it begins to write a file that is not whole yet. */
const SIGNALLED = `import fs from "node:fs/promises"; import { syncBuiltinESMExports } from "node:module";
const write = fs.writeFile;
fs.writeFile = async (path, ...rest) => { if (String(path).endsWith(".partial")) process.kill(process.pid, process.env.SENT); return write(path, ...rest); };
syncBuiltinESMExports();`;

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
  await tenure(["run", "demo", "--set", "time.days=2", "--out", "run", "--no-duckdb", "--quiet"], folder.path);
});
afterAll(() => folder.remove());

async function signalled(name: "SIGINT" | "SIGTERM", args: readonly string[]): Promise<NodeJS.Signals | number | null> {
  return new Promise((resolve) => {
    const options = { cwd: folder.path, env: { ...process.env, SENT: name } };
    execFile(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(SIGNALLED)}`, MAIN, ...args], options, (error) => {
      resolve(error === null ? 0 : (error.signal ?? Number(error.code)));
    });
  });
}

it.each([
  ["SIGINT", ["report", "run", "--out", "page.html"], "page.html"],
  ["SIGTERM", ["report", "run", "--out", "other.html"], "other.html"],
  ["SIGINT", ["scenarios", "new", "mine"], "mine.yaml"],
  ["SIGTERM", ["scenarios", "new", "yours"], "yours.yaml"],
] as const)("a %s while %j writes leaves nothing half written", async (name, args, file) => {
  const ended = await signalled(name, args);
  const names = await readdir(folder.path);
  expect(names.filter((one) => one.includes(".partial"))).toEqual([]);
  // What was begun is done: the file is there, and whole.
  expect(names).toContain(file);
  expect([0, name]).toContain(ended);
});
