import { openOutput } from "./output-stream.js";
import { MARKED, render, type Styles, UNMARKED } from "./styles.js";

/** Where a command writes. Results go to `stdout`; progress, notes and errors to `stderr`. */
export interface Terminal {
  /** Whatever text it is given, only what can be printed, line ends and the styles of `styles` reach the stream. */
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Styles for stdout; they do nothing where colour is not wanted. */
  readonly styles: Styles;
  /** The stream a progress bar may be drawn on, as it is; undefined when stderr is not a terminal. */
  readonly barStream: NodeJS.WritableStream | undefined;
  /** Columns of stdout; Infinity when it is not a terminal. */
  readonly width: number;
  /** The same of stderr. */
  readonly errorWidth: number;
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

/** The streams behind a terminal, and what they are. */
export interface TerminalStreams {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly color: boolean;
  readonly barStream: NodeJS.WritableStream | undefined;
  readonly width: number;
  readonly errorWidth: number;
}

/** The one way to the streams: nothing unprintable gets through. */
export function openTerminal({ writeOut, writeError, color, barStream, width, errorWidth }: TerminalStreams): Terminal {
  return {
    stdout: (text) => writeOut(render(text)),
    stderr: (text) => writeError(render(text)),
    styles: color ? MARKED : UNMARKED,
    barStream,
    width,
    errorWidth,
  };
}

/** Some terminals do not say how wide they are, or say 0. */
function columnsOf({ isTTY, columns }: NodeJS.WriteStream): number {
  return isTTY === true && columns > 0 ? columns : Number.POSITIVE_INFINITY;
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
    terminal: openTerminal({
      writeOut: stdout,
      writeError: stderr,
      color: wantsColor(process.env, process.stdout.isTTY === true),
      barStream: process.stderr.isTTY === true && process.env.TERM !== "dumb" ? process.stderr : undefined,
      width: columnsOf(process.stdout),
      errorWidth: columnsOf(process.stderr),
    }),
    isLost: () => isLost,
  };
}
