import * as z from "zod";
import { manifestText, sealed, sha256, tableEntry, writeManifestText } from "../../recorders/index.js";
import { readSealedManifest, type SealedState } from "../folder/sealed-manifest.js";

/** `format` of the manifest of a comparison. */
export const COMPARISON_FORMAT = "tenure-comparison";
/** Raised when a reader of the older shape would misread the newer one. */
const COMPARISON_VERSION = 1;

const count = z.number().int().min(0);
const side = z.object({ scenario: z.string(), /** Of its replicates. */ digest: sha256 });

const manifestSchema = z.object({
  format: z.literal(COMPARISON_FORMAT),
  version: z.literal(COMPARISON_VERSION),
  tool: z.object({ name: z.literal("tenure"), version: z.string() }),
  a: side,
  b: side,
  seed: count,
  /** Replicates that both sides finished. */
  pairs: z.array(count),
  figures: tableEntry,
  miners: tableEntry,
  duckdb: z.object({ file: z.string(), bytes: count }).nullable(),
});

/** What `manifest.json` of a finished comparison holds, its seal aside. */
export type ComparisonManifest = z.infer<typeof manifestSchema>;

/** Whether a folder holds a finished one. */
export type ComparisonState = SealedState<ComparisonManifest>;

export function readComparisonState(dir: string): Promise<ComparisonState> {
  return readSealedManifest(dir, manifestSchema);
}

export async function writeComparisonManifest(dir: string, manifest: ComparisonManifest): Promise<void> {
  await writeManifestText(dir, manifestText(sealed(manifest)));
}

/** The parts of a manifest that are the same in all of this version. */
export const COMPARISON_HEAD = { format: COMPARISON_FORMAT, version: COMPARISON_VERSION } as const;
