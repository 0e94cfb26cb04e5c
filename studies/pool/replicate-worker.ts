import { workerData } from "piscina";
import { TenureError } from "../../engine/index.js";
import { openInputs, type RunInputs, runReplicate } from "../../recorders/index.js";
import { replicateOf } from "../../scenarios/index.js";
import { endedBy } from "./broken-task.js";
import { NativeCalls, type PooledThread } from "./native-calls.js";
import type { ReplicateOutcome, ReplicateSetting, ReplicateTask } from "./replicate-task.js";

const { resolved, file, data, audit, rules, bundles, files } = workerData as ReplicateSetting;
const source = { resolved, file };
new NativeCalls((workerData as PooledThread).nativeCalls).loaded();

let opened: Promise<RunInputs> | undefined;

/** Opened once a thread; their checksums were compared once a study. */
async function openOnce(replicate: number): Promise<RunInputs> {
  const found = await openInputs(replicateOf(source, replicate), { data, rules, bundles, verify: false });
  if (JSON.stringify(found.files) === JSON.stringify(files)) return found;
  throw new TenureError({
    code: "TEN-STUDY-008",
    what: "A recording was changed while its replicates were run.",
    ...(data === undefined ? {} : { place: { file: data } }),
    hint: "Run again with the same --out: what was made of the earlier recording is not used.",
  });
}

/** Runs one replicate. Never throws: an error of another thread would lose what it says. */
export default async function work({ replicate, into, out, task }: ReplicateTask): Promise<ReplicateOutcome> {
  try {
    opened ??= openOnce(replicate);
    const { digest } = await runReplicate(replicateOf(source, replicate), { opened: await opened, into, out, data, audit, task });
    return { status: "finished", digest };
  } catch (error) {
    return endedBy(error);
  }
}
