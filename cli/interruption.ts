import { constants } from "node:os";

type Signal = "SIGINT" | "SIGTERM";

/** Ctrl-C and SIGTERM as an AbortSignal. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** 128 + the number of the signal that came; undefined while none came. */
  readonly exitCode: number | undefined;
  close(): void;
}

/**
 * The first signal asks the command to stop cleanly, a second one ends the process at once, however soon it comes: after the
 * first the system's own handling is back, which needs no turn of the event loop.
 * @param kill ends the process by a signal that nobody listens to any more
 */
export function listenForInterruption(kill: (name: Signal) => void = (name) => process.kill(process.pid, name)): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const stop = (name: Signal) => {
    if (exitCode !== undefined) {
      close();
      kill(name);
      return;
    }
    exitCode = 128 + constants.signals[name];
    // A second signal that is waiting already, since the process was busy, is delivered in this turn and would be lost.
    setImmediate(close);
    controller.abort();
  };
  const close = () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    close,
  };
}
