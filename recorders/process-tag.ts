import { createHash, randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** Machines that share a disk do not share process ids. */
function hostTag(): string {
  return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}

/** An end for the name of a temporary folder by which a later run can tell whether its owner still lives. */
export function processTag(): string {
  return `${process.pid}-${hostTag()}-${randomBytes(6).toString("hex")}`;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Does the tag name a process of this machine that is no more? */
export function isLeftOver(tag: string): boolean {
  const match = /^(\d+)-([0-9a-f]{8})-[0-9a-f]{12}$/.exec(tag);
  return match !== null && match[2] === hostTag() && !isAlive(Number(match[1]));
}

/**
 * Removes what processes that were killed left in a folder: entries named `prefix`, then a `processTag`, then one of `ends`.
 * What cannot be removed stays; it is nobody's business now.
 */
export async function removeLeftOvers(dir: string, prefix: string, ends: readonly string[] = [""]): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    const rest = name.slice(prefix.length);
    const mine = ends.some((end) => rest.endsWith(end) && isLeftOver(rest.slice(0, rest.length - end.length)));
    if (mine) await rm(join(dir, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
