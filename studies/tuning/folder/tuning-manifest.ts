import * as z from "zod";
import { manifestText, sealed, writeManifestText } from "../../../recorders/index.js";
import { readSealedManifest, type SealedState } from "../../folder/sealed-manifest.js";

/** `format` of the manifest of a tuning. */
export const TUNING_FORMAT = "tenure-tuning";
const TUNING_VERSION = 2;

const tunedValue = z.union([z.number(), z.string(), z.boolean()]);
const count = z.number().int().min(0);
const tasks = z.array(z.string());

const trialSchema = z.object({
  number: count,
  set: z.array(tunedValue),
  /** Where the sampler put it: coordinates from 0 to 1, one a parameter. */
  point: z.array(z.number()),
  status: z.enum(["finished", "failed", "pruned"]),
  /** By replicate, as far as it was run; the names of lines in `trials.jsonl`. */
  tasks,
  held_out_tasks: tasks,
});

const manifestSchema = z.object({
  format: z.literal(TUNING_FORMAT),
  version: z.literal(TUNING_VERSION),
  tool: z.object({ name: z.literal("tenure"), version: z.string() }),
  /** As it is without any trial's values. */
  scenario: z.object({ name: z.string(), seed: count }),
  replicates: z.array(count),
  held_out: z.array(count),
  /** What draws random numbers; empty: nothing. */
  random: z.array(z.string()),
  /** Parts of the time whose figures were taken, and how they are used. */
  time: z.object({
    spans: z.array(z.array(z.object({ fromMs: z.number(), toMs: z.number() }))),
    folds: z.array(z.object({ train: count, judge: count, groups: z.array(count) })),
    blocks: z.array(count),
    kind: z.enum(["none", "walk_forward", "combinatorial"]),
    gapMs: z.number(),
    windowMs: z.number(),
    reason: z.string().nullable(),
  }),
  /** Numbers at an end of what was tried beyond which the scenario allows nothing. */
  bounds: z.array(z.object({ path: z.string(), value: z.number() })),
  trials: z.array(trialSchema),
  /** The scenario as it stands. */
  base: z.object({ tasks, held_out_tasks: tasks }),
  /** Why the search ended. */
  ended: z.enum(["budget", "exhausted", "time", "shard"]),
  /** Trials of the sensitivity's design, by point. */
  sensitivity: tasks,
  /** Of a part of a tuning: all that it has, the scenario as it stands as trial -1. Trials of equal values are one task. */
  part_tasks: z.array(z.object({ trial: z.number().int().min(-1), replicate: count, task: z.string() })),
  /** What runs of it warn of. */
  warnings: z.array(z.string()),
  /** Why no trial of a list of stages was computed from a tape; null: some were, or there is no list. */
  ran_in_full: z.string().nullable().default(null),
  /** Trials that were computed from a tape and run again in full, with the largest difference between the two. */
  confirmed: z.object({ trials: z.array(count), largest_difference: z.number() }).nullable(),
  /** SHA-256 of what came of all tasks, in that order. */
  digest: z.string(),
});

/** What `manifest.json` of a finished tuning holds, its seal aside. */
export type TuningManifest = z.infer<typeof manifestSchema>;
export type TrialManifest = z.infer<typeof trialSchema>;

/** Whether a folder holds a finished one. */
export type TuningState = SealedState<TuningManifest>;

export function readTuningState(dir: string): Promise<TuningState> {
  return readSealedManifest(dir, manifestSchema);
}

export async function writeTuningManifest(dir: string, manifest: TuningManifest): Promise<void> {
  await writeManifestText(dir, manifestText(sealed(manifest)));
}

export const TUNING_HEAD = { format: TUNING_FORMAT, version: TUNING_VERSION } as const;
