import { open } from "node:fs/promises";

/** Brings a file's bytes to the disk, so that a power cut does not take them back. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The same for the names in a folder. Some systems have no such thing; there the names are as safe as they are. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  try {
    await folder?.sync().catch(() => undefined);
  } finally {
    await folder?.close();
  }
}
