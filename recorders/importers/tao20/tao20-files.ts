import { join } from "node:path";
import { TenureError } from "../../../engine/index.js";
import { isoTimeMs } from "../../../scenarios/index.js";
import { findInputFile, type InputFile, listFolder, requireFolder } from "../input-files.js";

/** A file that holds one day. */
export interface DayFile extends InputFile {
  /** `YYYYMMDD`. */
  readonly date: string;
  /** Its first instant, UTC. */
  readonly dayMs: number;
}

/** Where the files of one kind are looked for: a folder ("" for the top one) and what their names look like. */
interface Places {
  readonly folders: readonly string[];
  readonly pattern: RegExp;
  /** The name as a person would write it. */
  readonly shown: string;
}

/** The first folder of each is the one this project's own notes use, the second is the public portal's. */
const PLACES = {
  prices: { folders: ["prices", "emissions_v2"], pattern: /^emissions_v2_(\d{8})\.json$/, shown: "emissions_v2_YYYYMMDD.json" },
  emissionRates: { folders: ["emissions"], pattern: /^emissions_(\d{8})\.json$/, shown: "emissions_YYYYMMDD.json" },
  indexWeights: { folders: ["", "tao20"], pattern: /^tao20_(\d{8})\.json$/, shown: "tao20_YYYYMMDD.json" },
} as const satisfies Record<string, Places>;

function shownPlaces({ folders, shown }: Places): string {
  return folders.map((folder) => (folder === "" ? shown : `${folder}/${shown}`)).join(" or ");
}

export interface Tao20Files {
  readonly prices: readonly DayFile[];
  readonly emissionRates: readonly DayFile[];
  readonly indexWeights: readonly DayFile[];
  /** One for each kind that was not found, with where it was looked for. */
  readonly notes: readonly string[];
}

async function dayFilesIn(folder: string, sub: string, pattern: RegExp): Promise<DayFile[]> {
  const names = (await listFolder(join(folder, sub))) ?? [];
  const files: DayFile[] = [];
  for (const name of names) {
    const date = pattern.exec(name)?.[1];
    if (date === undefined) continue;
    const path = sub === "" ? name : `${sub}/${name}`;
    const dayMs = isoTimeMs(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`, "exact");
    if (dayMs === null) {
      throw new TenureError({
        code: "TEN-IMPORT-007",
        what: "A file name holds no date.",
        place: { file: join(folder, path) },
        found: date,
        allowed: "YYYYMMDD",
      });
    }
    const file = await findInputFile(folder, path);
    if (file !== undefined) files.push({ ...file, date, dayMs });
  }
  return files;
}

/** The files of one kind in the order of their days. A day may lie in one folder only: two files of it need not agree. */
async function dayFiles(folder: string, { folders, pattern }: Places): Promise<DayFile[]> {
  const files: DayFile[] = [];
  for (const sub of folders) files.push(...(await dayFilesIn(folder, sub, pattern)));
  files.sort((a, b) => a.dayMs - b.dayMs);
  for (let index = 1; index < files.length; index++) {
    const [before, file] = [files[index - 1], files[index]];
    if (file.dayMs > before.dayMs) continue;
    throw new TenureError({
      code: "TEN-IMPORT-028",
      what: "A day is there twice.",
      place: { file: file.path },
      found: file.date,
      allowed: `one file a day; ${before.name} is of the same day`,
      hint: "Keep one of the two.",
    });
  }
  return files;
}

/**
 * The day files of a folder laid out as the transparency portal has it, each list in the order of days.
 * @throws TenureError `TEN-IMPORT-001` no such folder, `-002` none of the three kinds is in it, `-028` a day is there twice
 */
export async function findTao20Files(folder: string): Promise<Tao20Files> {
  const names = await requireFolder(folder);
  const files = {
    prices: await dayFiles(folder, PLACES.prices),
    emissionRates: await dayFiles(folder, PLACES.emissionRates),
    indexWeights: await dayFiles(folder, PLACES.indexWeights),
  };
  if (files.prices.length + files.emissionRates.length + files.indexWeights.length === 0) {
    throw new TenureError({
      code: "TEN-IMPORT-002",
      what: "The folder holds no files of the TAO20 transparency portal.",
      place: { file: folder },
      found: names.length === 0 ? "an empty folder" : names.slice(0, 5).join(", "),
      allowed: Object.values(PLACES).map(shownPlaces).join(", "),
      hint: "Give the folder that holds these folders.",
    });
  }
  const missing = [
    ["prices", "prices"],
    ["emissionRates", "emission rates"],
    ["indexWeights", "published weights"],
  ] as const;
  const notes = missing.flatMap(([kind, words]) =>
    files[kind].length > 0 ? [] : [`There are no ${words}: looked for ${shownPlaces(PLACES[kind])}.`],
  );
  return { ...files, notes };
}
