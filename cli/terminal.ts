import pc from "picocolors";
import { openOutput } from "./output-stream.js";

type Colors = ReturnType<typeof pc.createColors>;

/** Where a command writes. Results go to `stdout`; progress, notes and errors to `stderr`. */
export interface Terminal {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Colours for stdout; they do nothing where colour is not wanted. */
  readonly colors: Colors;
  /** The stream a progress bar may be drawn on; undefined when stderr is not a terminal. */
  readonly barStream: NodeJS.WritableStream | undefined;
  /** Columns of stdout; Infinity when it is not a terminal. */
  readonly width: number;
}

interface Environment {
  readonly NO_COLOR?: string | undefined;
  readonly FORCE_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
}

/** https://no-color.org: any value that is not empty turns colour off. */
export function wantsColor(environment: Environment, isTerminal: boolean): boolean {
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== "") return false;
  if (environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== "" && environment.FORCE_COLOR !== "0") return true;
  return isTerminal && environment.TERM !== "dumb";
}

/** The terminal of this process, and whether all could be said. */
export function processTerminal(): { readonly terminal: Terminal; readonly isLost: () => boolean } {
  let isLost = false;
  const stderr = openOutput(process.stderr, 2, {
    // Nobody is left to be told; the exit code still says it.
    lost: () => {
      isLost = true;
    },
    closed: () => undefined,
  });
  const stdout = openOutput(process.stdout, 1, {
    lost: (error) => {
      isLost = true;
      throw error;
    },
    // A reader that has seen enough (`tenure show ... | head`) closes the pipe; that is no failure.
    closed: () => process.exit(),
  });
  return {
    terminal: {
      stdout,
      stderr,
      colors: pc.createColors(wantsColor(process.env, process.stdout.isTTY === true)),
      barStream: process.stderr.isTTY === true && process.env.TERM !== "dumb" ? process.stderr : undefined,
      width: process.stdout.isTTY === true ? process.stdout.columns : Number.POSITIVE_INFINITY,
    },
    isLost: () => isLost,
  };
}
