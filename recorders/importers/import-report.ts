import type { RecordingManifest, StreamSum } from "../streams/index.js";

/** Told how far an import is: `done` of `total` bytes of the input, and what is being read. */
export type ImportProgress = (done: number, total: number, label: string) => void;

/** What every importer takes. */
export interface ImportOptions {
  /** Folder of the recording. An earlier recording there is replaced. */
  readonly out: string;
  readonly onProgress?: ImportProgress | undefined;
  /** An abort leaves nothing behind and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A field that no column is read from. */
export interface UnreadField {
  readonly field: string;
  /** The column that its name is a slip of, of those that come from no field; null: none is. */
  readonly meant: string | null;
}

/** What an importer made. */
export interface ImportReport {
  /** Where the recording is. */
  readonly folder: string;
  readonly manifest: RecordingManifest;
  /** Did the folder hold the same recording before, byte for byte? */
  readonly unchanged: boolean;
  /** Of the streams that were written by this import. */
  readonly sums: readonly StreamSum[];
  /** As what the input was read, in words: files, format, separator. */
  readonly readAs: string;
  /** Did a table end without its format's mark of the end, so that nothing would show that rows are missing? */
  readonly endsUnmarked?: boolean;
  /** Fields of a table that no column was read from. */
  readonly unread?: readonly UnreadField[];
  /** What was taken for granted where neither the table nor the command says it, in words. */
  readonly assumed?: readonly string[];
  /** Things to know before trusting the recording, in words. */
  readonly warnings: readonly string[];
}
