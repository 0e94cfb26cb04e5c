import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Recorders from "../../recorders/index.js";
import type * as Scenarios from "../../scenarios/index.js";
import { projectRoot } from "../golden/project-root.js";
import { writeNetRecordings } from "./net-recordings.js";
import type { ShippedScenario } from "./shipped-scenarios.js";
import type { SmallScenario } from "./small-scenarios.js";

/** The rooms of Tenure that a run needs: of this build, or of another. */
export interface Build {
  readonly scenarios: Pick<typeof Scenarios, "parseScenario" | "loadScenario">;
  readonly recorders: typeof Recorders;
}

/** Does something in a folder of its own, that goes afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tenure-digest-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What a scenario gives: the digest of its tables, or the code with which it was refused.
 * @param text a scenario in YAML
 * @param data where its recordings lie
 * @param options.audit whether every position is checked after every event
 * @param options.sets values that are replaced
 * @param options.file where the text lies, from which paths of rules start
 */
export async function digestOf(
  { scenarios, recorders }: Build,
  text: string,
  data: string,
  {
    audit = false,
    sets = [],
    file = "scenario.yaml",
  }: { readonly audit?: boolean; readonly sets?: readonly string[]; readonly file?: string } = {},
): Promise<string> {
  return inFolder(async (folder) => {
    try {
      const scenario = scenarios.parseScenario(text, file, { sets });
      const { manifest } = await recorders.runScenario(scenario, { out: join(folder, "run"), data, duckdb: false, audit });
      return manifest.digest;
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) throw error;
      return `refused: ${code}`;
    }
  });
}

/** The names of refusals: of one fault, and of all the faults of a scenario. */
const REFUSALS = ["TenureError", "ScenarioErrors"];

/** The code of a refusal, of several that of the first; by name, not by class: the error may be of another build. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && REFUSALS.includes(error.name) ? (error as Error & { code: string }).code : undefined;
}

/**
 * The digests of small scenarios, in their order.
 * @param audit whether every position is checked after every event
 */
export async function smallDigests(build: Build, scenarios: readonly SmallScenario[], audit = true): Promise<Map<string, string>> {
  return inFolder(async (data) => {
    await writeNetRecordings(data);
    const found = new Map<string, string>();
    for (const { name, scenario } of scenarios) found.set(name, await digestOf(build, JSON.stringify(scenario), data, { audit }));
    return found;
  });
}

/** The digest of a scenario that comes with Tenure, with its recording made anew. */
export async function shippedDigest(build: Build, scenario: ShippedScenario): Promise<string> {
  return inFolder(async (data) => {
    await scenario.record(build.recorders, data);
    const file = join(projectRoot(), "scenarios", `${scenario.name}.yaml`);
    return digestOf(build, await readFile(file, "utf8"), data, { sets: scenario.sets ?? [], file });
  });
}
