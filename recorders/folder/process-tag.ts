import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

const TAG = /^(\d+)-([0-9a-f]{8})-([0-9a-f]+)-[0-9a-f]{12}$/;
/** Stands for a start that the system does not tell. */
const UNKNOWN_START = "0";

/** Reads a small file or a link of the system; empty where there is none. */
function systemText(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return "";
  }
}

let machine: string | undefined;

/**
 * Those whose process ids mean the same: this machine since it was started, and inside it this container. Machines and
 * containers that share a disk do not share process ids.
 */
function machineTag(): string {
  machine ??= createHash("sha256")
    .update([hostname(), systemText(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"))].join("\n"))
    .update(systemText(() => readlinkSync("/proc/self/ns/pid")))
    .digest("hex")
    .slice(0, 8);
  return machine;
}

/** State and start of a process; undefined where the system does not tell. See proc_pid_stat(5). */
function processStat(pid: number): { readonly state: string; readonly start: string } | undefined {
  const text = systemText(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The name before may hold anything, also spaces and brackets.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields.length < 20 ? undefined : { state: fields[0], start: Number(fields[19]).toString(16) };
}

/** A name for something of a process's own, by which others can tell whether the process still lives. */
export function processTag(pid: number = process.pid): string {
  return [pid, machineTag(), processStat(pid)?.start ?? UNKNOWN_START, randomBytes(6).toString("hex")].join("-");
}

export function isProcessTag(text: string): boolean {
  return TAG.test(text);
}

/** The process of a tag, when it is one of this machine. */
export function localProcess(tag: string): number | undefined {
  const match = TAG.exec(tag);
  return match !== null && match[2] === machineTag() ? Number(match[1]) : undefined;
}

/** Does the tag name a process of this machine that is no more? Another one may have got its id since. */
export function isLeftOver(tag: string): boolean {
  const pid = localProcess(tag);
  if (pid === undefined) return false;
  if (!isSignalled(pid)) return true;
  const stat = processStat(pid);
  if (stat === undefined) return false;
  // Ended, and not yet fetched by its parent.
  if (stat.state === "Z" || stat.state === "X") return true;
  const start = TAG.exec(tag)?.[3];
  return start !== UNKNOWN_START && start !== stat.start;
}

function isSignalled(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Removes what processes that were killed left in a folder of temporary files: entries named `prefix`, then a `processTag`.
 * What cannot be removed stays; it is nobody's business now.
 */
export async function removeLeftOvers(dir: string, prefix: string): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(prefix) || !isLeftOver(name.slice(prefix.length))) continue;
    await rm(join(dir, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
