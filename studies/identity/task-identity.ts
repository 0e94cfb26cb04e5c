import { createHash } from "node:crypto";
import { type CheckedInputs, libraryVersions } from "../../recorders/index.js";
import type { Scenario } from "../../scenarios/index.js";
import { codeHash } from "./code-hash.js";

/** All that decides the results of a study, but for the numbers of its replicates. */
export interface StudyIdentity {
  /** As plain data, without the number of the replicate. */
  readonly resolved: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** SHA-256 of the code that computes results. */
  readonly code: string;
  readonly libraries: Readonly<Record<string, string>>;
  /** Checksums of recorded files and of the bundles of rules, each with what it is used as. */
  readonly inputs: readonly (readonly [stream: string, kind: string, sha256: string])[];
  /** SHA-256 of all of them. */
  readonly sha256: string;
}

export function studyIdentity(scenario: Scenario, { files, rules }: Pick<CheckedInputs, "files" | "rules">): StudyIdentity {
  const { replicate: _, seed, ...rest } = scenario.resolved;
  const parts = {
    resolved: { ...rest, seed },
    seed,
    code: codeHash(),
    libraries: libraryVersions(),
    inputs: [
      ...files.map(({ stream, kind, sha256 = "" }) => [stream, kind, sha256] as const),
      ...rules.map(({ at, kind, sha256 }) => [at, kind, sha256] as const),
    ],
  };
  return { ...parts, sha256: sha256Of(parts) };
}

/** Which replicate of which study: one that is finished under the same identity has the result that it would have again. */
export function taskIdentity(study: string, replicate: number): string {
  return sha256Of([study, replicate]);
}

/** SHA-256 of plain data, by its JSON. */
export function sha256Of(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
