import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT, startTenure, tenure, waitUntil, workFolder } from "../e2e/tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
  const rule = (formula: string) =>
    `export default () => ({ kind: "multiplier_rule", name: "r", meaning: "m", ceiling: () => 1, bind: () => ${formula} });`;
  await writeFile(join(folder.path, "endless.js"), rule("() => { for (;;); }"));
  await writeFile(join(folder.path, "nan.js"), rule("() => NaN"));
});
afterAll(() => folder.remove());

const args = (rule: string) => ["run", "demo", "--set", `vesting.rule=./${rule}`, "--set", "time.days=1", "--no-duckdb", "--out", "out"];

it("Ctrl-C ends a run whose rule computes without end", async () => {
  const running = startTenure(args("endless.js"), folder.path);
  await waitUntil(running, () => existsSync(join(folder.path, "out", "manifest.json")));
  running.process.kill("SIGINT");
  const { code, stderr } = await running.ended;
  expect([code, stderr]).toEqual([130, expect.stringContaining("TEN-RUN-001")]);
});

it("SIGTERM ends the process at once while a rule computes, though it is listened for", async () => {
  const program = `
    import { writeSync } from "node:fs";
    import { interruptible } from ${JSON.stringify(pathToFileURL(join(ROOT, "dist/recorders/plug-ins/interruptible.js")).href)};
    const heard = () => writeSync(1, "heard ");
    process.on("SIGTERM", heard);
    interruptible(() => {});
    process.emit("SIGTERM");
    interruptible(() => { writeSync(1, "computing"); for (;;); });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
    if (output.endsWith("computing")) child.kill("SIGTERM");
  });
  const [code, signal] = await once(child, "close");
  expect([output, code, signal]).toEqual(["heard computing", null, "SIGTERM"]);
});

it("a working folder that is gone is what is wrong, not the compiler of rules", async () => {
  await writeFile(
    join(folder.path, "gone.yaml"),
    "name: gone\ntime: { start: 2025-01-01T00:00:00Z, days: 1 }\nstreams: [{ synthetic: subnet, name: a, netuid: 1, miners: 2, coldkeys: 1 }]\nvesting: { rule: ./nan.js }\n",
  );
  const main = join(ROOT, "dist/cli/main.js");
  const command = `mkdir x && cd x && rmdir ../x && "${process.execPath}" "${main}" run "${folder.path}/gone.yaml" --out "${folder.path}/gone"`;
  const child = spawn("sh", ["-c", command], { cwd: folder.path, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const [code] = await once(child, "close");
  expect([code, errors]).toEqual([2, expect.stringMatching(/^TEN-CLI-002\n[\s\S]*uv_cwd/)]);
});

it("a rule that fails ends the command with 2, in words and as JSON", async () => {
  const { code, stderr } = await tenure([...args("nan.js"), "--json"], folder.path);
  expect(code).toBe(2);
  expect(JSON.parse(stderr).error).toMatchObject({ code: "TEN-PLUGIN-010", place: { file: "./nan.js" } });
  expect((await tenure(args("nan.js"), folder.path)).stderr).toMatch(
    /^TEN-PLUGIN-010 {2}\.\/nan\.js\n {2}The rule r gave .*\n(.*\n)? {2}found: {3}NaN\n/,
  );
});
