import { join } from "node:path";
import type { Scenario } from "../../scenarios/index.js";
import { loadRules, type RuleBundles, type RuleFile } from "../plug-ins/load-rules.js";
import type { KnownFile } from "../results/known-file.js";
import type { InputEntry } from "../results/manifest.js";
import { openRecording, type Recording } from "../streams/index.js";
import type { RunProgress } from "./execute.js";
import { recordedInputs } from "./recorded-streams.js";
import { requireScoreColumn } from "./require-score-column.js";

/** What a scenario reads, opened: it can be run on it any number of times. */
export interface RunInputs {
  /** By the name of the stream. */
  readonly recordings: ReadonlyMap<string, Recording>;
  readonly bundles: RuleBundles;
}

/** The same with what says which inputs these are. */
export interface CheckedInputs extends RunInputs {
  /** The files of the recordings with their checksums, in the order of the scenario. */
  readonly files: readonly InputEntry[];
  readonly rules: readonly RuleFile[];
}

export interface OpenInputsOptions {
  /** Where the scenario's relative stream paths start; the working folder when left out. */
  readonly data?: string | undefined;
  /** Compare every file with its SHA-256; true when left out. Who has just done so need not again. */
  readonly verify?: boolean | undefined;
  /** As `PrepareOptions.rules`. */
  readonly rules?: ReadonlyMap<string, KnownFile> | undefined;
  /** Of rules that were bundled before. */
  readonly bundles?: RuleBundles | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the inputs of a scenario, once for all runs of it.
 * @throws TenureError of the recordings (`TEN-STREAM-...`) and of rules of files (`TEN-PLUGIN-...`)
 */
export async function openInputs(scenario: Scenario, options: OpenInputsOptions = {}): Promise<CheckedInputs> {
  const { files: rules, bundles } = await loadRules(scenario, options.rules ?? null, options.bundles);
  const recordings = await openRecordings(scenario, options);
  const files = scenario.streams.flatMap((stream) => {
    const recording = recordings.get(stream.name);
    if (stream.source !== "recorded" || recording === undefined) return [];
    return recording.streams.flatMap((recorded) => recordedInputs(`${stream.name}/${recorded.kind}`, stream.folder, recorded));
  });
  return { recordings, bundles, files, rules };
}

/**
 * The recordings of a scenario, by the name of the stream.
 * @throws TenureError of the recordings (`TEN-STREAM-...`); `TEN-RUN-006` for base weights of a column that no score has
 */
export async function openRecordings(
  scenario: Scenario,
  { data = ".", verify = true, onProgress, signal }: Pick<OpenInputsOptions, "data" | "verify" | "onProgress" | "signal">,
): Promise<RunInputs["recordings"]> {
  const recordings = new Map<string, Recording>();
  for (const stream of scenario.streams) {
    if (stream.source !== "recorded") continue;
    const recording = await openRecording(join(data, stream.folder), {
      verify,
      ...(stream.kinds === null ? {} : { kinds: stream.kinds }),
      ...(signal === undefined ? {} : { signal }),
      onProgress: (done, total) => onProgress?.({ stage: "checking", done, total, unit: "bytes" }),
    });
    recordings.set(stream.name, recording);
  }
  await requireScoreColumn(scenario, recordings, signal);
  return recordings;
}
