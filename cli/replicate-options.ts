import { InvalidArgumentError } from "commander";
import {
  MOST_JOBS,
  parseReplicates,
  parseShard,
  REPLICATES_ALLOWED,
  type ReplicateRange,
  SHARD_ALLOWED,
  type Shard,
} from "../studies/light.js";
import { parseWhole } from "./options.js";
import { UsageError } from "./usage-command.js";

export interface ReplicateOptions {
  readonly replicates?: ReplicateRange;
  readonly jobs?: number;
  readonly shard?: Shard;
  readonly set?: readonly string[];
}

export function parseReplicateRange(text: string): ReplicateRange {
  const range = parseReplicates(text);
  if (range === null) throw new InvalidArgumentError(REPLICATES_ALLOWED);
  return range;
}

export function parseShardOption(text: string): Shard {
  const shard = parseShard(text);
  if (shard === null) throw new InvalidArgumentError(SHARD_ALLOWED);
  return shard;
}

export const parseJobs = (text: string): number => parseWhole(text, 1, MOST_JOBS);

/** Refuses options that say how to run many replicates where one is run, and a number of the replicate beside many. */
export function refuseWithoutReplicates({ replicates, jobs, shard, set = [] }: ReplicateOptions): void {
  const stated = set.find((one) => /^replicate\s*=/.test(one));
  if (replicates !== undefined && stated !== undefined) {
    throw new UsageError({
      code: "TEN-STUDY-016",
      what: "The number of one replicate is set, and many are to be run.",
      place: { path: "--set" },
      found: stated,
      allowed: "--replicates, or the number of one replicate",
      hint: "Leave one of the two out; --replicates 7..7 is replicate 7 alone.",
    });
  }
  if (replicates !== undefined || (jobs === undefined && shard === undefined)) return;
  throw new UsageError({
    code: "TEN-STUDY-017",
    what: "An option says how to run many replicates, and one is to be run.",
    place: { path: shard === undefined ? "--jobs" : "--shard" },
    found: "no --replicates",
    allowed: "beside --replicates",
    hint: "Say how many: --replicates 100. See: tenure run --help",
  });
}
