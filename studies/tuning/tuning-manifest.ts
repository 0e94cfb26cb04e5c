import { z } from "zod";
import { manifestText, sealed, writeManifestText } from "../../recorders/index.js";
import { readSealedManifest, type SealedState } from "../folder/sealed-manifest.js";

/** `format` of the manifest of a tuning. */
export const TUNING_FORMAT = "tenure-tuning";
const TUNING_VERSION = 1;

const tunedValue = z.union([z.number(), z.string(), z.boolean()]);
const count = z.number().int().min(0);

const manifestSchema = z.object({
  format: z.literal(TUNING_FORMAT),
  version: z.literal(TUNING_VERSION),
  tool: z.object({ name: z.literal("tenure"), version: z.string() }),
  /** As it is without any trial's values. */
  scenario: z.object({ name: z.string(), resolved: z.unknown(), file: z.string().nullable() }),
  parameters: z.array(z.object({ path: z.string(), values: z.array(tunedValue) })),
  objectives: z.array(z.object({ name: z.string(), better: z.enum(["min", "max"]) })),
  seed: count,
  replicates: z.array(count),
  /** Tasks in the order of (trial, replicate), as the log names them. */
  tasks: z.array(z.string()),
  /** SHA-256 of what came of them, in that order. */
  digest: z.string(),
});

/** What `manifest.json` of a finished tuning holds, its seal aside. */
export type TuningManifest = z.infer<typeof manifestSchema>;

/** Whether a folder holds a finished one. */
export type TuningState = SealedState<TuningManifest>;

export function readTuningState(dir: string): Promise<TuningState> {
  return readSealedManifest(dir, manifestSchema);
}

export async function writeTuningManifest(dir: string, manifest: TuningManifest): Promise<void> {
  await writeManifestText(dir, manifestText(sealed(manifest)));
}

export const TUNING_HEAD = { format: TUNING_FORMAT, version: TUNING_VERSION } as const;
