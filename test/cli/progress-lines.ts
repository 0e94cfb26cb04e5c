const PROGRESS_LINE = /^\S[^\n]*: (\d+ %|(\d+ % )?[\d.]+( [kM])? \S+\/s)[^\n]*\n/gm;

/** What was written but for the progress of what takes over five seconds: how much of that there is depends on the machine. */
export function withoutProgress(written: string): string {
  return written.replaceAll(PROGRESS_LINE, "");
}
