import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAIN, startTenure, tenure, waitUntil, workFolder } from "./tenure.js";

/** Twenty years of a subnet: it is not over before a signal comes, on any machine. */
const LONG_RUN = ["run", "subnet-year", "--set", "time.days=7300"];

describe("a run that is interrupted", () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  beforeAll(async () => {
    folder = await workFolder();
  });
  afterAll(() => folder.remove());

  const manifestOf = async (out: string) => JSON.parse(await readFile(join(folder.path, out, "manifest.json"), "utf8"));

  /** Runs a long scenario and sends a signal as soon as its folder is there. */
  async function interrupt(out: string, signal: NodeJS.Signals) {
    const running = startTenure([...LONG_RUN, "--out", out, "--json"], folder.path);
    await waitUntil(running, () => existsSync(join(folder.path, out, "manifest.json")));
    running.process.kill(signal);
    return running.ended;
  }

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s answers %i, is marked incomplete, and a re-run replaces it", async (signal, exitCode) => {
    const ended = await interrupt(signal, signal);
    expect(ended).toMatchObject({ code: exitCode, stdout: "" });
    expect(JSON.parse(ended.stderr).error.code).toBe("TEN-RUN-001");
    expect(await manifestOf(signal)).toMatchObject({ status: "incomplete" });
    expect(await readdir(join(folder.path, signal))).toEqual(["manifest.json"]);

    const shown = await tenure(["show", signal], folder.path);
    expect(shown).toMatchObject({ code: 2, stderr: expect.stringContaining("TEN-RESULT-004") });

    const again = await tenure(["run", "demo", "--set", "time.days=5", "--out", signal, "--quiet"], folder.path);
    expect(again).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await manifestOf(signal)).toMatchObject({ status: "complete" });
  });

  it("by two signals that come at once is stopped as by one", async () => {
    const running = startTenure([...LONG_RUN, "--out", "twice", "--quiet"], folder.path);
    await waitUntil(running, () => existsSync(join(folder.path, "twice", "manifest.json")));
    // Both wait for it when it goes on, so it is told of them in one turn.
    for (const signal of ["SIGSTOP", "SIGINT", "SIGTERM", "SIGCONT"] as const) running.process.kill(signal);
    expect([130, 143]).toContain((await running.ended).code);
    expect(await manifestOf("twice")).toMatchObject({ status: "incomplete" });
  });

  it("leaves a finished run in the same folder as it was", async () => {
    await tenure(["run", "demo", "--set", "time.days=5", "--out", "kept", "--quiet"], folder.path);
    const before = await manifestOf("kept");
    const running = startTenure([...LONG_RUN, "--out", "kept", "--force", "--quiet"], folder.path);
    await waitUntil(running, () => existsSync(join(folder.path, "kept", ".partial")));
    running.process.kill("SIGINT");
    const ended = await running.ended;
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain("the earlier run in this folder was kept");
    expect(await manifestOf("kept")).toEqual(before);
  });

  it("ends when the reader of its output is gone, without a word", async () => {
    await tenure(["run", "demo", "--set", "time.days=5", "--out", "piped", "--quiet"], folder.path);
    const running = startTenure(["show", "piped", "--tranches", "--limit", "100000", "--json"], folder.path);
    running.process.stdout?.destroy();
    expect((await running.ended).stderr).toBe("");
  });
});

it.each(["run", "show"])("a Ctrl-C while the command %s is loaded ends the process as any signal, and is told of", async (command) => {
  // It is sent from within, as the first thing that the process does once it listens.
  const early = "process.nextTick(() => process.kill(process.pid, 'SIGINT'))";
  const from = `data:text/javascript,${encodeURIComponent(`process.on('newListener', (name) => { if (name === 'SIGINT') ${early}; });`)}`;
  const ended = await new Promise((resolve) => {
    execFile(process.execPath, ["--import", from, MAIN, command, "demo"], (error, stdout, stderr) => {
      resolve({ signal: error?.signal, stdout, stderr });
    });
  });
  expect(ended).toEqual({ signal: "SIGINT", stdout: "", stderr: "TEN-CLI-003  Interrupted.\n" });
});
