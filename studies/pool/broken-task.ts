import { TenureError } from "../../engine/index.js";
import type { RefusalEntry } from "../folder/study-manifest.js";
import { refusalEntryOf } from "./refusal-entry.js";

/** An error that is no refusal, with what tells why. */
export interface ThrownError {
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
  readonly syscall: string | undefined;
  readonly path: string | undefined;
}

/** The machine, or Tenure itself: no other task would do better. */
export interface BrokenTask {
  readonly status: "broken";
  readonly refusal: RefusalEntry | null;
  readonly thrown: ThrownError | null;
}

/** A task whose run was refused for what it is. */
export interface FailedTask {
  readonly status: "failed";
  readonly error: RefusalEntry;
}

/** Refusals of the machine, not of a scenario. */
const OF_THE_MACHINE = /^TEN-(RESULT|STUDY)-/;

/** What an error of a task makes of it. */
export function endedBy(error: unknown): FailedTask | BrokenTask {
  if (error instanceof TenureError) {
    const refusal = refusalEntryOf(error);
    return OF_THE_MACHINE.test(error.code) ? { status: "broken", refusal, thrown: null } : { status: "failed", error: refusal };
  }
  const { message, stack, code, syscall, path } = error as NodeJS.ErrnoException;
  return { status: "broken", refusal: null, thrown: { message: String(message), stack, code, syscall, path } };
}
