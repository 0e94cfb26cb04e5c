import { join } from "node:path";
import { TenureError } from "../../../engine/index.js";
import { findInputFile, type InputFile, listFolder, requireFolder } from "../input-files.js";
import { parseIsoTime } from "../input-values.js";

/** A file that holds one day. */
export interface DayFile extends InputFile {
  /** `YYYYMMDD`. */
  readonly date: string;
  /** Its first instant, UTC. */
  readonly dayMs: number;
}

export interface Tao20Files {
  readonly prices: readonly DayFile[];
  readonly emissionRates: readonly DayFile[];
  readonly indexWeights: readonly DayFile[];
}

async function dayFiles(folder: string, sub: string, pattern: RegExp): Promise<DayFile[]> {
  const names = (await listFolder(join(folder, sub))) ?? [];
  const files: DayFile[] = [];
  for (const name of names) {
    const date = pattern.exec(name)?.[1];
    if (date === undefined) continue;
    const path = sub === "" ? name : `${sub}/${name}`;
    const dayMs = parseIsoTime(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
    if (dayMs === undefined) {
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
  // Names of one pattern sort by their date, and a date is in a folder once.
  return files;
}

/**
 * The day files of a folder laid out as the transparency portal has it, each list in the order of days.
 * @throws TenureError `TEN-IMPORT-001` no such folder, `-002` none of the three kinds is in it
 */
export async function findTao20Files(folder: string): Promise<Tao20Files> {
  const names = await requireFolder(folder);
  const files = {
    prices: await dayFiles(folder, "prices", /^emissions_v2_(\d{8})\.json$/),
    emissionRates: await dayFiles(folder, "emissions", /^emissions_(\d{8})\.json$/),
    indexWeights: await dayFiles(folder, "", /^tao20_(\d{8})\.json$/),
  };
  if (files.prices.length + files.emissionRates.length + files.indexWeights.length > 0) return files;
  throw new TenureError({
    code: "TEN-IMPORT-002",
    what: "The folder holds no files of the TAO20 transparency portal.",
    place: { file: folder },
    found: names.length === 0 ? "an empty folder" : names.slice(0, 5).join(", "),
    allowed: "prices/emissions_v2_YYYYMMDD.json, emissions/emissions_YYYYMMDD.json, tao20_YYYYMMDD.json",
  });
}
