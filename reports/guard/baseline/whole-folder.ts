import { mkdir, readdir, readlink, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { TenureError } from "../../../engine/index.js";
import { isLeftOver, makeFolders, processTag, removeLeftOvers, syncFile, syncFolder, withWriteErrors } from "../../../recorders/index.js";

// While it is written, and while it makes room.
const PARTIAL = ".partial-";
const REPLACED = ".replaced-";

/** What is there before a folder takes its place. */
export interface FolderDraft {
  /** Absolute; its files are written here. */
  readonly path: string;
}

/** Links that are followed one after the other. */
const MOST_LINKS = 40;

/** Where a folder really is: a link to it stays a link, also where its folder has made room. */
async function linkedFolder(folder: string): Promise<string> {
  let at = resolve(folder);
  for (let links = 0; links < MOST_LINKS; links++) {
    const to = await readlink(at).catch(() => null);
    if (to === null) return at;
    at = resolve(dirname(at), to);
  }
  throw new TenureError({
    code: "TEN-GUARD-026",
    what: "The baseline is a link that leads nowhere: links lead round in a circle.",
    place: { file: folder },
    found: `more than ${MOST_LINKS} links, one after the other`,
    allowed: "a folder, or a link that leads to one",
    hint: "Delete the link, or choose another --baseline.",
  });
}

/**
 * Writes a folder whole or not at all: its files are made beside it, brought to the disk, and take its place by two renames. Whoever is
 * killed leaves the old folder or the new one; between the two renames the next reader brings the old one back (`readableFolder`).
 * @param fill writes its files
 * @throws TenureError `TEN-RESULT-001`, `-011` of the disk; what `fill` throws. Neither changes anything
 */
export async function writeWholeFolder(folder: string, fill: (draft: FolderDraft) => Promise<void>): Promise<void> {
  const target = await linkedFolder(folder);
  await recoverFolder(target);
  await withWriteErrors(target, () => makeFolders(dirname(target))).catch((error: unknown) => Promise.reject(withHint(error)));
  const tag = processTag();
  const draft = `${target}${PARTIAL}${tag}`;
  const replaced = `${target}${REPLACED}${tag}`;
  try {
    await withWriteErrors(target, () => mkdir(draft));
    await fill({ path: draft });
    await withWriteErrors(target, async () => {
      for (const name of await readdir(draft)) await syncFile(join(draft, name));
      await syncFolder(draft);
      if (await isThere(target)) await rename(target, replaced);
      try {
        await rename(draft, target);
      } catch (error) {
        await rename(replaced, target).catch(() => undefined);
        throw error;
      }
      await syncFolder(dirname(target));
    });
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    throw withHint(error);
  }
  // The new one counts by now.
  await rm(replaced, { recursive: true, force: true }).catch(() => undefined);
}

/** What the disk refuses of results names --out, which is not where a baseline goes. */
function withHint(error: unknown): unknown {
  if (!(error instanceof TenureError) || error.hint === undefined || !error.code.startsWith("TEN-RESULT-")) return error;
  const { code, what, place, found, allowed, hint } = error;
  return new TenureError({
    code,
    what: what.replace("The result ", "The baseline ").replace("the result ", "the baseline "),
    ...(place === undefined ? {} : { place }),
    ...(found === undefined ? {} : { found }),
    ...(allowed === undefined ? {} : { allowed }),
    hint: hint.replace("record fewer tables or choose", "or choose").replace("another --out", "another --baseline"),
  });
}

/** Writes texts into a draft. */
export async function writeTexts({ path }: FolderDraft, texts: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, text] of texts) await withWriteErrors(join(path, name), () => writeFile(join(path, name), text, { flag: "wx" }));
}

/**
 * Brings a folder back that made room for one that never came, since its writer was killed; removes what such a writer left, also what
 * it had not finished.
 * @throws TenureError `TEN-GUARD-005` another process is about to write it; `TEN-RESULT-011` it cannot be brought back
 */
async function recoverFolder(folder: string): Promise<void> {
  const unmoved = await broughtBack(folder);
  if (unmoved !== null) throw unmoved.fault;
}

/**
 * Where a folder is to be read: at its place, brought back there if need be; where it made room and nothing can be moved (a directory that is
 * read-only), where it lies. What was left there stays, then.
 * @throws TenureError `TEN-GUARD-005` another process is about to write it
 */
export async function readableFolder(folder: string): Promise<string> {
  return (await broughtBack(folder))?.path ?? folder;
}

/** Null: it is at its place, or there is none. */
async function broughtBack(folder: string): Promise<{ readonly path: string; readonly fault: unknown } | null> {
  const target = await linkedFolder(folder);
  await removeLeftOvers(dirname(target), `${basename(target)}${PARTIAL}`);
  const beginning = `${basename(target)}${REPLACED}`;
  const names = (await readdir(dirname(target)).catch(() => [])).filter((name) => name.startsWith(beginning)).sort();
  for (const name of names) {
    const old = join(dirname(target), name);
    if (!isLeftOver(name.slice(beginning.length))) {
      if (await isThere(target)) continue;
      throw inUse(target, name);
    }
    if (await isThere(target)) await rm(old, { recursive: true, force: true }).catch(() => undefined);
    else {
      try {
        await withWriteErrors(target, () => rename(old, target));
      } catch (fault) {
        if (!(fault instanceof TenureError)) throw fault;
        return { path: old, fault };
      }
    }
  }
  return null;
}

/** Removes a folder by one rename first: nobody finds half of it. */
export async function removeWholeFolder(folder: string): Promise<void> {
  const target = resolve(folder);
  const going = `${target}${PARTIAL}${processTag()}`;
  await withWriteErrors(target, async () => {
    if (!(await isThere(target))) return;
    await rename(target, going);
    await rm(going, { recursive: true, force: true });
  });
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function inUse(folder: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-005",
    what: "Another process is writing this baseline.",
    place: { file: folder },
    found,
    allowed: "a baseline that nobody is writing",
    hint: `Wait for it to end, and run the command again. Where it is no more, of another machine, rename ${found} back.`,
  });
}
