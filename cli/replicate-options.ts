import { InvalidArgumentError } from "commander";
import { parseReplicates, REPLICATES_ALLOWED, type ReplicateRange } from "../studies/light.js";
import { parseWhole } from "./options.js";

/** Threads that nobody needs more of. */
const MOST_JOBS = 256;

/** `100`, or a range such as `7..9`. */
export function parseReplicateRange(text: string): ReplicateRange {
  const range = parseReplicates(text);
  if (range === null) throw new InvalidArgumentError(REPLICATES_ALLOWED);
  return range;
}

/** How many replicates are run at the same time. */
export function parseJobs(text: string): number {
  return parseWhole(text, 1, MOST_JOBS);
}
