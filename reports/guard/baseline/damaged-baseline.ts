import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { TenureError } from "../../../engine/index.js";
import type { Approval } from "./baseline.js";
import { ABOUT_FILE, APPROVALS_FILE } from "./baseline-files.js";
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
 * Why a baseline of a scenario cannot be read, where it is its own and may be replaced; null: it can be, or there is none.
 * @throws TenureError as `readBaseline`, where nothing says that the baseline is of this scenario
 */
export async function damagedBaseline(folder: string, scenario: string): Promise<DamagedBaseline | null> {
  try {
    await readBaseline(folder);
    return null;
  } catch (fault) {
    if (!(fault instanceof TenureError) || !DAMAGED.has(fault.code) || !(await isNamed(folder, scenario))) throw fault;
    const approvals = await readYamlFile(join(folder, APPROVALS_FILE), approvalsSchema).catch(() => null);
    return { fault, approvals: approvals?.approvals ?? null };
  }
}

/** Also of a file with the marks of a conflict in it: every line that names the scenario names this one. */
async function isNamed(folder: string, scenario: string): Promise<boolean> {
  const text = await readFile(join(folder, ABOUT_FILE), "utf8").catch(() => "");
  const named = text.split(/\r?\n/).filter((line) => line.startsWith("scenario:"));
  return named.length > 0 && named.every((line) => nameOf(line) === scenario);
}

function nameOf(line: string): unknown {
  try {
    return (parse(line) as { readonly scenario?: unknown }).scenario;
  } catch {
    return undefined;
  }
}
