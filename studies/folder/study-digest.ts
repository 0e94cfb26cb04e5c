import { createHash } from "node:crypto";
import type { ReplicateEntry } from "./study-manifest.js";

/**
 * The digest of a study: SHA-256 over a line for each replicate, in the order of their numbers, each ended by a line feed:
 * `<replicate> <digest of its tables>`, or `<replicate> failed <code>`.
 */
export function studyDigest(replicates: readonly ReplicateEntry[]): string {
  const lines = replicates.map((entry) => {
    const result = entry.status === "finished" ? entry.digest : `failed ${entry.error.code}`;
    return `${entry.replicate} ${result}\n`;
  });
  return createHash("sha256").update(lines.join("")).digest("hex");
}
