import { TenureError } from "../../engine/index.js";
import { type CheckedInputs, openInputs, openRun, relativeData, ruleInput } from "../../recorders/index.js";
import { randomParts, type Scenario } from "../../scenarios/index.js";
import { type OpenStudy, openStudy } from "../folder/open-study.js";
import { StudyDirectory } from "../folder/study-directory.js";
import { studyIdentity, taskIdentity } from "../identity/task-identity.js";
import { refusalOf } from "../pool/refusal-entry.js";
import { runReplicates } from "../pool/replicate-pool.js";
import { finishStudy, type ReplicateEnd } from "./finish-study.js";
import { finishedReplicate } from "./finished-replicate.js";
import { replicatesOf } from "./replicate-range.js";
import type { StudyOptions } from "./study-options.js";
import type { StudyPlan } from "./study-plan.js";

/**
 * Runs many replicates of a scenario into one folder: those that an earlier start finished are taken as they are, the others run
 * on worker threads. A scenario that draws no random numbers is run once. A replicate that fails is told in the manifest, and the
 * others go on.
 * @throws TenureError for bad input (nothing is left that was not there before), and that of the first replicate where all of the
 *   study failed; `TEN-STUDY-010` when `signal` stopped it (what is finished stays for the next start); `TEN-RESULT-...` for the
 *   folder and the disk
 */
export async function runStudy(scenario: Scenario, options: StudyOptions): Promise<OpenStudy> {
  const startedMs = performance.now();
  const { out, signal } = options;
  const use = { scenario: scenario.configuration.name, force: options.force };
  const done = { count: 0, of: 0 };
  try {
    await StudyDirectory.check(out, use);
    const { file } = scenario;
    const inputs = await openInputs(scenario, options);
    const plan = planOf(scenario, inputs, options);
    done.of = plan.replicates.length;
    const directory = await StudyDirectory.open(out, use);
    try {
      const ends = await endsOf(directory, { ...inputs, resolved: scenario.resolved, file }, plan, options, done);
      refuseWhereAllFailed(plan, ends);
      await finishStudy(directory, plan, ends, startedMs, options);
    } catch (error) {
      // What went wrong first is what to tell, also when tidying up fails on the same disk.
      const tidied = signal?.aborted === true ? directory.interrupt("interrupted") : directory.discard();
      await tidied.catch(() => undefined);
      throw error;
    }
  } catch (error) {
    throw signal?.aborted === true ? interrupted(out, done) : error;
  }
  return openStudy(out);
}

/** What is to be run, from the scenario alone. */
function planOf(scenario: Scenario, inputs: CheckedInputs, { out, data = ".", replicates, shard = null }: StudyOptions): StudyPlan {
  const random = [...randomParts(scenario)];
  const identity = studyIdentity(scenario, inputs);
  // Without random numbers the others would be the same; whoever has the part with the first one runs it.
  const range = random.length === 0 ? { from: replicates.from, to: replicates.from } : replicates;
  return {
    scenario: { name: scenario.configuration.name, resolved: identity.resolved },
    seed: identity.seed,
    random,
    asked: { ...replicates },
    shard: shard === null ? null : { ...shard },
    code: identity.code,
    identity: identity.sha256,
    libraries: { ...identity.libraries },
    data: inputs.files.length === 0 ? null : relativeData(out, data),
    inputs: [...inputs.files, ...inputs.rules.map((rule) => ruleInput(rule, out))],
    replicates: replicatesOf(range, shard),
  };
}

/** How each replicate ended, those that were finished before included. */
async function endsOf(
  directory: StudyDirectory,
  { files, bundles, resolved, file }: CheckedInputs & Pick<Scenario, "resolved" | "file">,
  plan: StudyPlan,
  { data, audit, rules, jobs, onProgress, signal }: StudyOptions,
  done: { count: number },
): Promise<ReadonlyMap<number, ReplicateEnd>> {
  const ends = new Map<number, ReplicateEnd>();
  const tasks = plan.replicates.map((replicate) => ({
    replicate,
    into: directory.workPath(replicate),
    out: directory.replicatePath(replicate),
    task: taskIdentity(plan.identity, replicate),
  }));
  for (const { replicate, task } of tasks) {
    const kept = await finishedReplicate(directory.finishedPaths(replicate), task, signal);
    if (kept !== undefined) ends.set(replicate, kept);
  }
  done.count = ends.size;
  // What an earlier start finished is no part of the pace of this one.
  const left = tasks.filter(({ replicate }) => !ends.has(replicate));
  let settled = 0;
  const tell = () => onProgress?.({ stage: "simulating", done: settled, total: left.length, unit: "replicates" });
  tell();
  const setting = { resolved, file, data, audit, rules, bundles, files };
  await runReplicates(
    setting,
    left,
    async ({ replicate }, outcome) => {
      if (outcome.status === "failed") {
        ends.set(replicate, outcome);
        await directory.drop(replicate);
      } else {
        await directory.keep(replicate);
        const [path] = directory.finishedPaths(replicate);
        const { manifest } = await openRun(path);
        ends.set(replicate, { status: "finished", path, manifest });
        done.count += 1;
      }
      settled += 1;
      tell();
    },
    { jobs, signal },
  );
  return ends;
}

/** What every replicate refuses is wrong with the scenario. A part of a study leaves that to whoever joins the parts. */
export function refuseWhereAllFailed(
  { shard, replicates }: Pick<StudyPlan, "shard" | "replicates">,
  ends: ReadonlyMap<number, ReplicateEnd>,
): void {
  const [first] = replicates;
  const end = first === undefined ? undefined : ends.get(first);
  if (shard !== null || end?.status !== "failed" || ![...ends.values()].every(({ status }) => status === "failed")) return;
  throw refusalOf(end.error);
}

function interrupted(out: string, { count, of }: { readonly count: number; readonly of: number }): TenureError {
  return new TenureError({
    code: "TEN-STUDY-010",
    what: `The replicates were interrupted: ${count} of ${of} are finished.`,
    place: { file: out },
    hint: "The same command goes on where it stopped.",
  });
}
