import { type FileHandle, open, readFile } from "node:fs/promises";
import * as z from "zod";
import { TenureError } from "../../../engine/index.js";
import { systemCode, withReadErrors, withWriteErrors } from "../../../recorders/index.js";

export const TRIALS_NAME = "trials.jsonl";

const HEAD = '{"format":"tenure-trials","version":1}';

const entrySchema = z.object({
  /** SHA-256 of all that decides the result: scenario, seed, replicate, code, inputs, rules of files. */
  task: z.string(),
  /** Its number; -1: the scenario as it stands. */
  trial: z.number().int().min(-1),
  replicate: z.number().int().min(0),
  /** What the trial set, by path. */
  set: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  /** Figures by name; null: it failed. */
  figures: z.record(z.string(), z.number()).nullable(),
  /** The same by span of the time, where spans were asked for; without a pot in a span there are none. */
  spans: z.array(z.record(z.string(), z.number())).default([]),
  undecided: z.array(z.string()),
  /** What a run warns of; kept of the scenario as it stands and of trials that are run again in full. */
  warnings: z.array(z.string()).default([]),
  error: z.object({ code: z.string(), what: z.string() }).loose().nullable(),
});

/** One replicate of one trial that ended, a line of the log. */
export type TrialEntry = z.infer<typeof entrySchema>;

/**
 * What was tried, a line each in the order in which it ended. Lines are only ever added, each brought to the disk before the next trial
 * counts as finished; a line that was being written when the process was killed is cut off by the next start.
 */
export class TrialLog {
  private constructor(
    private readonly file: FileHandle,
    readonly path: string,
    /** By task. */
    readonly entries: Map<string, TrialEntry>,
  ) {}

  /**
   * Opens the log of a folder; made where there is none.
   * @throws TenureError TEN-TUNE-107 for a file that is none, or was changed; those of the disk
   */
  static async open(path: string): Promise<TrialLog> {
    const { entries, whole } = await contentOf(path);
    return withWriteErrors(path, async () => {
      const file = await open(path, "a");
      await file.truncate(Buffer.byteLength(whole));
      const log = new TrialLog(file, path, entries);
      if (whole === "") await log.#write(HEAD);
      return log;
    });
  }

  /** Adds entries and brings them to the disk, all at once. */
  async add(...entries: readonly TrialEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await withWriteErrors(this.path, () => this.#write(entries.map((entry) => JSON.stringify(entry)).join("\n")));
    for (const entry of entries) this.entries.set(entry.task, entry);
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  async #write(line: string): Promise<void> {
    await this.file.appendFile(`${line}\n`);
    await this.file.datasync();
  }
}

/**
 * The trials of a log that somebody else may be writing, by task.
 * @throws TenureError TEN-TUNE-107 for a file that is none, or was changed; those of the disk
 */
export async function readTrials(path: string): Promise<ReadonlyMap<string, TrialEntry>> {
  return (await contentOf(path)).entries;
}

/** Entries of the lines that are whole, and these lines. */
async function contentOf(path: string): Promise<{ readonly entries: Map<string, TrialEntry>; readonly whole: string }> {
  const text = await textOf(path);
  const entries = new Map<string, TrialEntry>();
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  for (const [at, line] of whole.split("\n").slice(0, -1).entries()) {
    if (at === 0) {
      if (line !== HEAD) throw foreign(path, at, line);
      continue;
    }
    const entry = parsed(line);
    if (entry === null) throw foreign(path, at, line);
    entries.set(entry.task, entry);
  }
  if (whole === "" && text !== "" && !HEAD.startsWith(text)) throw foreign(path, 0, text);
  return { entries, whole };
}

/** Does the text begin as a log of trials does? */
export function isTrialLog(beginning: string): boolean {
  return beginning.startsWith(HEAD) || HEAD.startsWith(beginning);
}

async function textOf(path: string): Promise<string> {
  return withReadErrors(path, async () => {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if (systemCode(error) === "ENOENT") return "";
      throw error;
    }
  });
}

function parsed(line: string): TrialEntry | null {
  try {
    const result = entrySchema.safeParse(JSON.parse(line));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

function foreign(path: string, at: number, line: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-107",
    what: "A line of the log of trials is none that Tenure wrote.",
    place: { file: path, line: at + 1 },
    found: line.length > 80 ? `${line.slice(0, 80)}...` : line,
    allowed: "lines as an earlier start wrote them",
    hint: "Choose another --out, or remove the file: its trials are run again then.",
  });
}
