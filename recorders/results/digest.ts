import { createHash } from "node:crypto";

/**
 * The digest of a run: SHA-256 over the lines `<table> <sha256 of its file>`, sorted by table name (by code unit), each
 * ended by a line feed. DuckDB's file, the manifest and timings are not part of it.
 */
export function runDigest(tables: Readonly<Record<string, { readonly sha256: string }>>): string {
  const lines = Object.keys(tables)
    .sort()
    .map((name) => `${name} ${tables[name].sha256}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}
