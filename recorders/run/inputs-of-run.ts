import { join, resolve } from "node:path";
import { TenureError } from "../../engine/index.js";
import type { InputEntry } from "../results/manifest.js";
import { MANIFEST_NAME } from "../results/result-manifest.js";

/** A folder of results whose manifest says what it was made of. */
export interface ResultsOfInputs {
  readonly dir: string;
  readonly manifest: { readonly data: string | null; readonly inputs: readonly InputEntry[] };
}

/**
 * Where recorded streams lie: where it is given, or as the manifest says; undefined where none were read.
 * @throws TenureError `TEN-RUN-002`
 */
export function dataFolder({ dir, manifest }: ResultsOfInputs, given: string | undefined): string | undefined {
  if (given !== undefined) return given;
  if (!manifest.inputs.some((input) => input.source === "recorded")) return undefined;
  if (manifest.data !== null) return resolve(dir, manifest.data);
  throw new TenureError({
    code: "TEN-RUN-002",
    what: "The run read recorded streams, and its manifest does not say where they lie.",
    place: { file: join(dir, MANIFEST_NAME), path: "data" },
    hint: "Give the folder with --data, as for the run.",
  });
}

export function movedAway({ dir, manifest }: ResultsOfInputs): TenureError {
  return new TenureError({
    code: "TEN-RUN-002",
    what: "The recorded streams that the run read are not where its manifest says.",
    place: { file: join(dir, MANIFEST_NAME), path: "data" },
    ...(manifest.data === null ? {} : { found: manifest.data }),
    allowed: "the folder in which they lie now",
    hint: "Give the folder with --data, as for the run.",
  });
}
