import { constants } from "node:os";

type Signal = "SIGINT" | "SIGTERM";

/** Ctrl-C and SIGTERM as an AbortSignal. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** 128 + the number of the signal that came; undefined while none came. */
  readonly exitCode: number | undefined;
  close(): void;
}

/** Listens once: the first signal asks the command to stop cleanly, a second one ends the process at once. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const stop = (name: Signal) => {
    close();
    exitCode = 128 + constants.signals[name];
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
