/** What of this room loads at once: for commands that need no more. */
export { parseReplicates, REPLICATES_ALLOWED, type ReplicateRange } from "./replicates/replicate-range.js";
