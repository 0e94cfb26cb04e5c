import { runInProcess } from "../cli/run-in-process.js";
import type { Ended } from "./tenure.js";

/**
 * Runs the command line in this process, as if it had been started in a folder: what it prints and leaves is as of a process of
 * its own, without the time to load one. One after the other: a process has one folder.
 * @param environment beside that of the tests
 */
export async function tenureHere(args: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const before = { cwd: process.cwd(), environment: Object.keys(environment).map((name) => [name, process.env[name]] as const) };
  Object.assign(process.env, environment);
  process.chdir(cwd);
  try {
    const { code, out, err } = await runInProcess(args);
    return { code, stdout: out, stderr: err };
  } finally {
    process.chdir(before.cwd);
    for (const [name, value] of before.environment) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
