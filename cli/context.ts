import type { Interruption } from "./interruption.js";
import type { Terminal } from "./terminal.js";

/** What a command needs of the world around it. */
export interface Context {
  readonly terminal: Terminal;
  readonly interruption: Interruption;
  /** What the shell is told when the command ends without an error; a command whose check fails sets it. */
  exitCode: number;
}
