export {
  MOST_JOBS,
  parseReplicates,
  parseShard,
  REPLICATES_ALLOWED,
  type ReplicateRange,
  SHARD_ALLOWED,
  type Shard,
} from "./replicates/replicate-range.js";
