import { constants } from "node:os";

/** What the shell is told. An interruption answers 128 + the signal's number: 130 for Ctrl-C. */
export const EXIT = {
  fine: 0,
  /** The command ran and its check said no. */
  checkFailed: 1,
  /** The input was refused, or the machine did not let us read it. */
  badInput: 2,
  /** A bug in Tenure. */
  bug: 70,
  /** What is to be written cannot be: the disk is full, or the folder, stdout or stderr takes nothing (EX_IOERR of sysexits.h). */
  outputLost: 74,
} as const;

/** The exit code of a command that a signal ended. */
export const exitCodeOf = (signal: "SIGINT" | "SIGTERM"): number => 128 + constants.signals[signal];

/** The end of every help. */
export const EXIT_CODES_HELP = `
Exit codes: ${EXIT.fine} fine, ${EXIT.checkFailed} a check failed, ${EXIT.badInput} bad input, ${EXIT.bug} a bug, ${EXIT.outputLost} output that cannot be
written, ${exitCodeOf("SIGINT")} interrupted by Ctrl-C, ${exitCodeOf("SIGTERM")} by SIGTERM.`;
