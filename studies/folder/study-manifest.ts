import { join } from "node:path";
import * as z from "zod";
import { formatFound, TenureError } from "../../engine/index.js";
import {
  type BrokenSeal,
  checkSeal,
  inputEntry,
  isOfRecording,
  isOfRun,
  MANIFEST_NAME,
  manifestText,
  readManifestJson,
  STUDY_FORMAT,
  sealed,
  sha256,
  tableEntry,
  writeManifestText,
} from "../../recorders/index.js";

/** Raised when a reader of the older shape would misread the newer one. */
export const STUDY_VERSION = 1;

const count = z.number().int().min(0);
const tool = z.object({ name: z.literal("tenure"), version: z.string() });

/** A refusal as plain data. */
const refusalEntry = z.object({
  code: z.string(),
  what: z.string(),
  place: z.record(z.string(), z.unknown()).nullable(),
  found: z.unknown(),
  allowed: z.string().nullable(),
  hint: z.string().nullable(),
});
export type RefusalEntry = z.infer<typeof refusalEntry>;

const replicateEntry = z.discriminatedUnion("status", [
  z.object({ replicate: count, status: z.literal("finished"), /** Of its tables. */ digest: sha256 }),
  z.object({ replicate: count, status: z.literal("failed"), error: refusalEntry }),
]);
export type ReplicateEntry = z.infer<typeof replicateEntry>;

const completeSchema = z.object({
  format: z.literal(STUDY_FORMAT),
  version: z.literal(STUDY_VERSION),
  status: z.literal("complete"),
  tool,
  /** Over the replicates in order: their digests, or the codes they failed with. */
  digest: sha256,
  scenario: z.object({ name: z.string(), /** Without the number of the replicate. */ resolved: z.looseObject({}) }),
  seed: count,
  /** What draws random numbers; empty: every replicate would be the same, and one was run. */
  random: z.array(z.string()),
  /** The replicates that were asked for, both ends included. */
  asked: z.object({ from: count, to: count }),
  /** Null: all of them; otherwise every `count`-th, from the `index`-th on. */
  shard: z.object({ index: count, count }).nullable(),
  /** SHA-256 of the code that computes results. */
  code: sha256,
  /** SHA-256 of all but the number of the replicate that decides a result: `task` of a replicate is made of it. */
  identity: sha256,
  /** As in the manifest of a run, seen from this folder. */
  data: z.string().nullable(),
  inputs: z.array(inputEntry),
  replicates: z.array(replicateEntry),
  figures: tableEntry.extend({ names: z.array(z.object({ name: z.string(), unit: z.string(), meaning: z.string() })) }),
  duckdb: z.object({ file: z.string(), bytes: count }).nullable(),
  node: z.string(),
  libraries: z.record(z.string(), z.string()),
  /** Wall time of what the last start did, ms. */
  timing: z.record(z.string(), z.number()),
});

const incompleteSchema = z.object({
  format: z.literal(STUDY_FORMAT),
  version: z.literal(STUDY_VERSION),
  status: z.literal("incomplete"),
  tool,
  scenario: z.object({ name: z.string() }),
  /** Why it stopped; `running` until it does. */
  reason: z.string(),
});

/** What `manifest.json` holds of a finished study; its last entry, the seal, aside. */
export type StudyManifest = z.infer<typeof completeSchema>;
export type IncompleteStudyManifest = z.infer<typeof incompleteSchema>;

const manifestSchema = z.discriminatedUnion("status", [completeSchema, incompleteSchema]);

/** Whether a folder holds a study, and in what state; `run`: a single run, finished or not. */
export type StudyState =
  | { readonly kind: "none" }
  | { readonly kind: "run" }
  | { readonly kind: "other"; readonly found: string; readonly isRecording: boolean }
  | { readonly kind: "incomplete"; readonly manifest: IncompleteStudyManifest }
  | { readonly kind: "changed"; readonly seal: BrokenSeal }
  | { readonly kind: "complete"; readonly manifest: StudyManifest };

export async function readStudyState(dir: string): Promise<StudyState> {
  const read = await readManifestJson(dir);
  if (read.kind !== "json") return read.kind === "none" ? read : { ...read, isRecording: false };
  const { json } = read;
  if (isOfRun(json)) return { kind: "run" };
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const at = parsed.error.issues[0].path.join(".");
    const found = at === "" ? "a manifest.json that is no mapping" : `a manifest.json whose ${at} is not as Tenure writes it`;
    return { kind: "other", found, isRecording: isOfRecording(json) };
  }
  if (parsed.data.status === "incomplete") return { kind: "incomplete", manifest: parsed.data };
  const seal = checkSeal(json as object);
  if (typeof seal === "object") return { kind: "changed", seal };
  if (seal === "none") return { kind: "changed", seal: { found: "no seal", expected: "the SHA-256 of the rest of the manifest" } };
  return { kind: "complete", manifest: parsed.data };
}

/**
 * The manifest of a finished study.
 * @throws TenureError `TEN-RESULT-003` no manifest, `TEN-STUDY-003` a single run or something else, `-004` not finished, `-005` changed
 */
export async function readStudyManifest(dir: string): Promise<StudyManifest> {
  const state = await readStudyState(dir);
  const place = { file: join(dir, MANIFEST_NAME) };
  switch (state.kind) {
    case "complete":
      return state.manifest;
    case "none":
      throw new TenureError({
        code: "TEN-RESULT-003",
        what: "This is not a run folder: it has no manifest.json.",
        place,
        found: "no such file",
        allowed: "a folder with finished replicates in it",
        hint: "Give the folder that `tenure run --replicates --out` wrote.",
      });
    case "run":
      throw new TenureError({
        code: "TEN-STUDY-003",
        what: "This folder does not hold replicates.",
        place,
        found: "a single run",
        allowed: "a folder that `tenure run --replicates` wrote",
        hint: "Run the scenario with --replicates.",
      });
    case "other":
      throw new TenureError({
        code: "TEN-STUDY-003",
        what: "This folder does not hold replicates.",
        place,
        found: state.isRecording ? "a recording" : state.found,
        allowed: "a folder that `tenure run --replicates` wrote",
        hint: "If Tenure wrote it, it is damaged, or another version wrote it: run the scenario again.",
      });
    case "incomplete":
      throw new TenureError({
        code: "TEN-STUDY-004",
        what: "The replicates in this folder were not finished.",
        place,
        found: state.manifest.reason,
        allowed: "replicates that are all finished",
        hint: "Run the scenario again with the same --replicates and --out; it goes on where it stopped.",
      });
    case "changed":
      throw new TenureError({
        code: "TEN-STUDY-005",
        what: "The manifest of the replicates was changed after it was written.",
        place: { ...place, path: "seal" },
        found: state.seal.found,
        allowed: formatFound(state.seal.expected),
        hint: "Run the scenario again with --force.",
      });
  }
}

/** What the text of a manifest begins with. */
export const STUDY_BEGINNINGS = ["complete", "incomplete"].map((status) =>
  manifestText({ format: STUDY_FORMAT, version: STUDY_VERSION, status, tool: { name: "tenure" } }).replace(/\n {2}}\n}\n$/, ""),
);

/** Replaces the manifest of a folder in one step. That of a finished study is sealed. */
export async function writeStudyManifest(dir: string, manifest: StudyManifest | IncompleteStudyManifest): Promise<void> {
  await writeManifestText(dir, manifestText(manifest.status === "complete" ? sealed(manifest) : manifest));
}
