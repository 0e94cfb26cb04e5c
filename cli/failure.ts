import type { Refusal } from "../engine/index.js";
import type { Context } from "./context.js";
import { EXIT } from "./exit-codes.js";
import { lacksHandles, noHandles } from "./file-handles.js";
import { formatJson } from "./json.js";
import { OutputLostError } from "./output-stream.js";
import { legible } from "./printable.js";
import { UsageError } from "./usage-command.js";

/** What a failed command tells: why, and the exit code. */
export interface Failure {
  readonly exitCode: number;
  /** At least one. */
  readonly refusals: readonly Refusal[];
}

/** Of a long list of refusals no more are told. */
const MOST_TOLD = 20;

/** The kinds of failure that the operating system reports by these codes are the user's to mend, not bugs. */
const SYSTEM_CODE = /^E[A-Z0-9]+$/;
/** Calls that only ever write. */
const WRITING = new Set(["write", "writev", "mkdir", "rmdir", "rename", "link", "unlink", "rm", "ftruncate", "fsync", "utime", "futime"]);
const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG", "EROFS"]);
/** Refusals that say that something could not be written. */
const OUTPUT_LOST = new Set(["TEN-RESULT-001", "TEN-RESULT-011", "TEN-STREAM-017", "TEN-CLI-008", "TEN-REPORT-022", "TEN-GUARD-025"]);

function systemFailure(error: NodeJS.ErrnoException): Failure {
  const { code = "", syscall = "" } = error;
  return {
    exitCode: WRITING.has(syscall) || FULL.has(code) ? EXIT.outputLost : EXIT.badInput,
    refusals: [
      {
        code: "TEN-CLI-002",
        what: "The machine did not let a file be read or written.",
        ...(error.path === undefined ? {} : { place: { file: error.path } }),
        found: error.message,
        allowed: "a path that leads to what is asked for",
        hint: "Check that the path exists, that you may use it, and that the disk is not full.",
      },
    ],
  };
}

function nulFailure({ message }: Error): Failure {
  return {
    exitCode: EXIT.badInput,
    refusals: [
      {
        code: "TEN-CLI-010",
        what: "A path holds a NUL character, which no name of a file can.",
        found: message.replace(/^.*Received /, ""),
        allowed: "a path without one",
      },
    ],
  };
}

function bugFailure(error: unknown): Failure {
  return {
    exitCode: EXIT.bug,
    refusals: [
      {
        code: "TEN-BUG",
        what: `Tenure went wrong: ${error instanceof Error ? error.message : String(error)}`,
        hint: "This is a bug in Tenure. Please report it with the command you ran; TENURE_DEBUG=1 adds where it happened.",
      },
    ],
  };
}

/** The refusals an error stands for: a scenario may have many. */
function refusalsOf(error: Refusal): readonly Refusal[] {
  const { errors } = error as { errors?: readonly Refusal[] };
  return Array.isArray(errors) && errors.length > 0 ? errors : [error];
}

/** What an error that ended a command tells, and the exit code that it answers. */
export async function failureOf(error: unknown, context: Context): Promise<Failure> {
  const { TenureError } = await import("../engine/index.js");
  const { interruption } = context;
  if (error instanceof OutputLostError) return { exitCode: EXIT.outputLost, refusals: [error.refusal] };
  if (error instanceof TenureError) {
    const exitCode = OUTPUT_LOST.has(error.code) ? EXIT.outputLost : EXIT.badInput;
    return { exitCode: interruption.exitCode ?? exitCode, refusals: refusalsOf(error) };
  }
  if (interruption.exitCode !== undefined) {
    return {
      exitCode: interruption.exitCode,
      refusals: [{ code: "TEN-CLI-003", what: "Interrupted.", hint: "The same command starts again, or goes on where it can." }],
    };
  }
  if (error instanceof UsageError) return { exitCode: EXIT.badInput, refusals: [error.refusal] };
  const system = error as NodeJS.ErrnoException;
  if (lacksHandles(error)) return { exitCode: EXIT.badInput, refusals: [noHandles(system.message, system.path)] };
  if (error instanceof Error && typeof system.code === "string") {
    if (SYSTEM_CODE.test(system.code) && system.syscall !== undefined) return systemFailure(system);
    if (system.code === "ERR_INVALID_ARG_VALUE" && error.message.includes("null bytes")) return nulFailure(error);
  }
  return bugFailure(error);
}

/** A number that JSON has no word for is told by its name. */
function told(found: unknown): unknown {
  return typeof found === "number" && !Number.isFinite(found) ? String(found) : (found ?? null);
}

/** Every key is there, null where there is nothing to say. */
function plain({ code, what, place, found, allowed, hint }: Refusal) {
  return { code, what, place: place ?? null, found: told(found), allowed: allowed ?? null, hint: hint ?? null };
}

/**
 * What a failed command tells, as plain data: `{"error": {code, what, place, found, allowed, hint}, "errors": [...], "more": n}`, where
 * `error` is the first of `errors` and what is not known is null; `errors` holds the first 20, and `more` says how many were left out.
 */
export function failureJson({ refusals }: Pick<Failure, "refusals">) {
  const errors = refusals.slice(0, MOST_TOLD).map(plain);
  const more = refusals.length - errors.length;
  return { error: errors[0], errors, ...(more === 0 ? {} : { more }) };
}

/**
 * The same for people.
 * @param width at which sentences are broken
 */
export async function failureText({ refusals }: Pick<Failure, "refusals">, width: number): Promise<string> {
  const { formatFound, formatPlace } = await import("../engine/index.js");
  const { hanging } = await import("../reports/light.js");
  const said = (lead: string, text: string) => hanging(lead, legible(text), { width });
  const lines = refusals.slice(0, MOST_TOLD).flatMap(({ code, what, place, found, allowed, hint }) => {
    const at = formatPlace(place);
    return [
      `${code}${at === "" ? "" : `  ${legible(at)}`}`,
      said("  ", what),
      // A value stays as it is found.
      ...(found === undefined ? [] : [`  found:   ${legible(formatFound(found))}`]),
      ...(allowed === undefined ? [] : [said("  allowed: ", allowed)]),
      ...(hint === undefined ? [] : [said("  hint:    ", hint)]),
    ];
  });
  const more = refusals.length - MOST_TOLD;
  return `${[...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n")}\n`;
}

/** Says on stderr why a command failed, with `--json` as `failureJson`, and returns its exit code. */
export async function reportFailure(error: unknown, context: Context, options: { json: boolean }): Promise<number> {
  const failure = await failureOf(error, context);
  const { terminal } = context;
  terminal.stderr(options.json ? formatJson(failureJson(failure)) : await failureText(failure, terminal.errorWidth));
  if (process.env.TENURE_DEBUG === "1" && error instanceof Error) terminal.stderr(`${error.stack ?? error.message}\n`);
  return failure.exitCode;
}
