import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Ended, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

/** The scenario that is guarded, as `small.yaml`. */
export const SMALL = `name: small
time: { start: 2025-01-01T00:00:00Z, days: 1 }
subnet: { netuid: 7 }
streams:
  - { synthetic: subnet, name: peers, miners: 4 }
emission: redistribute
`;

/** A change of it. */
export const CHANGED = ["--set", "vesting.max_multiplier=2"];

/** A folder with a scenario to guard. */
export interface GuardedWork {
  readonly path: string;
  /** On a machine that is none of continuous integration, unless it is said to be. */
  guard(args: readonly string[], ci?: string): Promise<Ended>;
  /** Names and texts of what lies in a folder of it. */
  files(folder: string): Promise<readonly (readonly [string, string])[]>;
  remove(): Promise<void>;
}

export async function guardedWork(): Promise<GuardedWork> {
  const { path, remove } = await workFolder();
  await writeFile(join(path, "small.yaml"), SMALL);
  return {
    path,
    guard: (args, ci = "") => tenureHere(["guard", ...args], path, { CI: ci }),
    files: async (folder) => {
      const names = (await readdir(join(path, folder))).sort();
      return Promise.all(names.map(async (name) => [name, await readFile(join(path, folder, name), "utf8")] as const));
    },
    remove,
  };
}
