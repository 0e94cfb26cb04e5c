import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInputs, runReplicate } from "../../recorders/index.js";
import { loadScenario, replicateOf } from "../../scenarios/index.js";
import type { LoopRun } from "./loop-run.js";
import { type Profile, Profiling } from "./profile.js";

/*
 * main.js <scenario> <runs that do not count> <runs> [--profile] [--set path=value]...: replicates of a closed loop, one after the
 * other in this process; a line of JSON for each that counts, and one for the profile of all of them.
 */
const [name, warmUp, runs, ...rest] = process.argv.slice(2);
const profiles = rest.includes("--profile");
const scenario = loadScenario(name, { sets: rest.filter((one) => one !== "--profile") });
const folder = await mkdtemp(join(tmpdir(), "tenure-bench-loop-"));
const opened = await openInputs(scenario, {});
const profiling = new Profiling();
const lines: (LoopRun | Profile)[] = [];
try {
  for (let run = 1 - Number(warmUp); run <= Number(runs); run++) {
    if (run === 1 && profiles) await profiling.start();
    const into = join(folder, String(run));
    const start = process.cpuUsage();
    const { summary } = await runReplicate(replicateOf(scenario, run + Number(warmUp)), { opened, into, out: into, task: "bench" });
    const { user, system } = process.cpuUsage(start);
    if (run < 1) continue;
    const decisions = (summary.closed_loop?.subnets ?? []).reduce((sum, subnet) => sum + subnet.decisions, 0);
    lines.push({ cpuMs: (user + system) / 1000, decisions });
  }
  if (profiles) lines.push(await profiling.stop());
} finally {
  await rm(folder, { recursive: true });
}
process.stdout.write(`${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
