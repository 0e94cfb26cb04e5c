import pc from "picocolors";
import type { Interruption } from "../../cli/interruption.js";
import type { Terminal } from "../../cli/terminal.js";

/** A terminal that keeps what is written to it. */
export function capturedTerminal(): Terminal & { out: string; err: string } {
  const terminal = {
    out: "",
    err: "",
    stdout: (text: string) => {
      terminal.out += text;
    },
    stderr: (text: string) => {
      terminal.err += text;
    },
    colors: pc.createColors(false),
    barStream: undefined,
    width: 120,
  };
  return terminal;
}

/** An interruption that never comes, or one that came. */
export function interruption(exitCode?: number): Interruption {
  const controller = new AbortController();
  if (exitCode !== undefined) controller.abort();
  return { signal: controller.signal, exitCode, allow: () => undefined, close: () => undefined };
}
