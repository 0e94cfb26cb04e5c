import { TenureError } from "../../../engine/index.js";
import { findInputFile, type InputFile, requireFolder } from "../input-files.js";

export interface TaostatsFiles {
  /** At least one, in the order of their pages. */
  readonly balances: readonly InputFile[];
  /** Empty where the folder has no events. */
  readonly events: readonly InputFile[];
  /** Files that look like pages and are not named as such: left out. */
  readonly notes: readonly string[];
}

/** `<name>.json`, and pages `<name>_2.json`, `<name>-0002.json`, `<name>.page3.json`. */
const PAGE = /^(?:[._-](?:page[._-]?)?(\d{1,9}))?\.json$/;

async function pageFiles(folder: string, names: readonly string[], name: string): Promise<InputFile[]> {
  const pages = names.flatMap((file) => {
    const match = file.startsWith(name) ? PAGE.exec(file.slice(name.length)) : null;
    return match === null ? [] : [{ file, page: Number(match[1] ?? -1) }];
  });
  pages.sort((a, b) => a.page - b.page || (a.file < b.file ? -1 : 1));
  const files: InputFile[] = [];
  for (const { file } of pages) {
    const found = await findInputFile(folder, file);
    if (found !== undefined) files.push(found);
  }
  return files;
}

/**
 * The files of a folder in the format of the taostats API: one of each kind, or as many pages as there are.
 * @throws TenureError `TEN-IMPORT-001` no such folder, `-002` no balances in it
 */
export async function findTaostatsFiles(folder: string): Promise<TaostatsFiles> {
  const names = await requireFolder(folder);
  const balances = await pageFiles(folder, names, "stake_balance");
  const events = await pageFiles(folder, names, "stake_events");
  if (balances.length === 0) {
    throw new TenureError({
      code: "TEN-IMPORT-002",
      what: "The folder holds no balances in the format of the taostats API.",
      place: { file: folder },
      found: names.length === 0 ? "an empty folder" : names.slice(0, 5).join(", "),
      allowed: "stake_balance.json, or its pages stake_balance_1.json, stake_balance_2.json, ...; with or without stake_events.json",
    });
  }
  const taken = new Set([...balances, ...events].map((file) => file.name));
  const left = names.filter((name) => /^stake_(balance|events).*\.json/i.test(name) && !taken.has(name));
  const notes =
    left.length === 0 ? [] : [`Not read: ${left.join(", ")}. Pages are named stake_balance_1.json, stake_events_1.json and so on.`];
  return { balances, events, notes };
}
