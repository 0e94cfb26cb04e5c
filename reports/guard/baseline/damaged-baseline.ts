import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { TenureError } from "../../../engine/index.js";
import type { Approval } from "./baseline.js";
import { ABOUT_FILE, APPROVALS_FILE, BASELINE_FILES, SCENARIO_FILE } from "./baseline-files.js";
import { approvalsSchema, DAMAGED, readBaseline } from "./read-baseline.js";
import { readYamlFile } from "./read-yaml.js";

/** What is left of a baseline that can no longer be read. */
export interface DamagedBaseline {
  /** Why not. */
  readonly fault: TenureError;
  /** Null: they cannot be read either. */
  readonly approvals: readonly Approval[] | null;
}

/**
 * Why a baseline of a scenario cannot be read, where it is its own and may be replaced; null: what it says of pay can
 * be, or there is none.
 * @throws TenureError as `readBaseline`, where other files lie there, or what is left says that the baseline is of another scenario
 */
export async function damagedBaseline(folder: string, scenario: string): Promise<DamagedBaseline | null> {
  try {
    await readBaseline(folder, () => undefined);
    return null;
  } catch (fault) {
    if (!(fault instanceof TenureError) || !(DAMAGED.has(fault.code) || fault.code === NO_HEADER)) throw fault;
    if (!(await isOf(folder, scenario))) throw fault.code === NO_HEADER ? fault : notKnownOf(folder, fault);
    const approvals = await readYamlFile(join(folder, APPROVALS_FILE), approvalsSchema).catch(() => null);
    return { fault, approvals: approvals?.approvals ?? null };
  }
}

/** Refusal of a folder that has no header of a baseline. */
const NO_HEADER = "TEN-GUARD-001";

/** By its header; where that names nothing any more, by its scenario, in a folder that holds nothing but a baseline. */
async function isOf(folder: string, scenario: string): Promise<boolean> {
  const named = await namesIn(join(folder, ABOUT_FILE), "scenario");
  if (named.length > 0) return named.every((name) => name === scenario);
  const files = await readdir(folder).catch(() => []);
  const others = await namesIn(join(folder, SCENARIO_FILE), "name");
  return files.length > 0 && files.every((file) => BASELINE_FILES.has(file)) && others.every((name) => name === scenario);
}

/** What whole lines of a file name, also of one with the marks of a conflict in it: at the end of a file that was cut off stands half a line. */
async function namesIn(file: string, key: "scenario" | "name"): Promise<readonly unknown[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  const lines = text.split(/\r?\n/).slice(0, -1);
  return lines.filter((line) => line.startsWith(`${key}:`)).map((line) => nameOf(line, key));
}

function nameOf(line: string, key: string): unknown {
  try {
    return (parse(line) as Readonly<Record<string, unknown>>)[key];
  } catch {
    return undefined;
  }
}

function notKnownOf(
  folder: string,
  { code, what, place = { file: folder }, found, allowed = "a baseline that can be read" }: TenureError,
): TenureError {
  const hint = `--update replaces it only where it is known to be of this scenario, and nothing else lies in the folder. Take it from the version control again, or delete ${folder} and run the guard with --update.`;
  return new TenureError({ code, what, place, found, allowed, hint });
}
