export { MOST_JOBS } from "./pool/most-jobs.js";
export {
  parseReplicates,
  parseShard,
  REPLICATES_ALLOWED,
  type ReplicateRange,
  SHARD_ALLOWED,
  type Shard,
} from "./replicates/replicate-range.js";
