import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { projectRoot } from "../golden/project-root.js";

/** What every scenario of the net gives, and why that ever changed. */
export interface DigestFile {
  /** Scenario to digest. */
  readonly digests: Readonly<Record<string, string>>;
  /** Newest last. */
  readonly changes: readonly DigestChange[];
}

export interface DigestChange {
  readonly because: string;
  readonly scenarios: readonly string[];
}

const path = () => join(projectRoot(), "test", "digests", "digests.yaml");
const HEAD = `# What the scenarios of the net give: SHA-256 over their result tables. A digest is a promise: a change of code that moves one
# says why, here and in CHANGELOG.md.
#
#   npm run digests                             compare
#   npm run digests -- --because "<reason>"     write those that moved, with the reason
`;

export async function readDigestFile(): Promise<DigestFile> {
  return parse(await readFile(path(), "utf8")) as DigestFile;
}

/** Scenarios whose digest is another than the file's, or that it does not have. */
export function movedIn(file: DigestFile, found: ReadonlyMap<string, string>): string[] {
  return [...found].flatMap(([name, digest]) => (file.digests[name] === digest ? [] : [name]));
}

/** Takes over what moved; scenarios that were not run keep theirs. */
export async function writeDigestFile(file: DigestFile, found: ReadonlyMap<string, string>, because: string): Promise<void> {
  const digests = { ...file.digests, ...Object.fromEntries(found) };
  const changes = [...file.changes, { because, scenarios: movedIn(file, found) }];
  await writeFile(path(), HEAD + stringify({ changes, digests }, { lineWidth: 140 }));
}
