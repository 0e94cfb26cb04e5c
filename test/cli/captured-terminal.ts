import type { Interruption } from "../../cli/interruption.js";
import { openTerminal, type Terminal } from "../../cli/terminal.js";

/** A terminal that keeps what is written to it. */
export function capturedTerminal({ color = false } = {}): Terminal & { out: string; err: string } {
  const written = { out: "", err: "" };
  const terminal = openTerminal({
    writeOut: (text) => {
      written.out += text;
    },
    writeError: (text) => {
      written.err += text;
    },
    color,
    barStream: undefined,
    width: 120,
    errorWidth: Number.POSITIVE_INFINITY,
  });
  return Object.assign(written, terminal);
}

/** An interruption that never comes, or one that came. */
export function interruption(exitCode?: number): Interruption {
  const controller = new AbortController();
  if (exitCode !== undefined) controller.abort();
  return { signal: controller.signal, exitCode, allow: () => undefined, close: () => undefined };
}
