import { exitCodeOf } from "./exit-codes.js";

type Signal = "SIGINT" | "SIGTERM";

/** One wish to stop may come as several signals: npm sends a Ctrl-C on to a child that the terminal has told already. */
const REPEAT_MS = 1_000;
/** A command that has not stopped by then is waiting for something that does not come. */
const PATIENCE_MS = 5_000;

/** Ctrl-C and SIGTERM as an AbortSignal. */
export interface Interruption {
  /** Only who asks for it is told of a signal: until then, a signal ends the process as any other. */
  readonly signal: AbortSignal;
  /** 128 + the number of the signal that came; undefined while none came. */
  readonly exitCode: number | undefined;
  /** Lets the command take so long to stop, ms. */
  allow(patienceMs: number): void;
  close(): void;
}

/**
 * The first signal asks the command to stop cleanly; one that comes a second later or more ends the process at once, and so
 * does the end of patience.
 * @param end ends this process by a signal that nobody listens for
 * @param onListening told once it listens
 */
export function listenForInterruption(
  end: (name: Signal) => void = (name) => void process.kill(process.pid, name),
  onListening: () => void = () => undefined,
): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let patienceMs = PATIENCE_MS;
  let isListening = false;
  const stop = (name: Signal) => {
    if (exitCode !== undefined) return;
    exitCode = exitCodeOf(name);
    setTimeout(close, REPEAT_MS).unref();
    // Also after the command has ended: something it does not wait for may keep the process.
    setTimeout(() => {
      close();
      end(name);
    }, patienceMs).unref();
    controller.abort();
  };
  const close = () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
  return {
    get signal() {
      if (!isListening) {
        isListening = true;
        onListening();
        process.on("SIGINT", stop);
        process.on("SIGTERM", stop);
      }
      return controller.signal;
    },
    get exitCode() {
      return exitCode;
    },
    allow(ms) {
      patienceMs = ms;
    },
    close,
  };
}
