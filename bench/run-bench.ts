import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolVersion } from "../recorders/index.js";
import type { BenchReport } from "./bench-report.js";
import { thisMachine } from "./machine.js";
import { PARTS, type PartName, type PartResults } from "./parts.js";

/** Runs parts of the benchmark, in a temporary folder that is gone after. */
export async function runBench(names: readonly PartName[], quick: boolean, progress: (text: string) => void): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), "tenure-bench-"));
  try {
    const results: { -readonly [Name in PartName]?: PartResults[Name] } = {};
    const measure = async <Name extends PartName>(name: Name) => {
      const own = join(folder, name);
      await mkdir(own);
      results[name] = await PARTS[name]({ folder: own, quick, progress });
      await rm(own, { recursive: true });
    };
    for (const name of names) await measure(name);
    return { ratio_to_c: results.kernel?.ratio_to_c ?? null, ...results, tenure: toolVersion(), quick, machine: thisMachine() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
