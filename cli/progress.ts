import cliProgress from "cli-progress";
import { legible } from "./printable.js";
import type { Terminal } from "./terminal.js";

/** How far a long command is. */
export interface Progress {
  /** What is being done: "import prices". */
  readonly label: string;
  readonly done: number;
  /** Undefined when it is not known. */
  readonly total: number | undefined;
  /** What is counted: "events", "MB". */
  readonly unit: string;
  /** What it is at just now: the name of a file. */
  readonly detail?: string;
}

export interface ProgressDisplay {
  update(progress: Progress): void;
  /** Takes the bar off the screen. */
  stop(): void;
}

/** A line is written this often where there is no terminal to draw a bar on; short commands write none. */
const LINE_EVERY_MS = 5000;

/** 1234567 -> "1.2 M", for rates. */
function formatRate(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(1)} M`;
  if (perSecond >= 1e4) return `${(perSecond / 1e3).toFixed(0)} k`;
  return perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toFixed(1);
}

function formatLeft(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Rate and time left since the work began: "4.2 M events/s, 3 s left". */
export function describePace({ done, total, unit }: Progress, elapsedMs: number): string {
  if (elapsedMs <= 0 || done <= 0) return "";
  const perSecond = (done * 1000) / elapsedMs;
  const rate = `${formatRate(perSecond)} ${unit}/s`;
  return total === undefined ? rate : `${rate}, ${formatLeft((total - done) / perSecond)} left`;
}

const HIDDEN: ProgressDisplay = { update: () => undefined, stop: () => undefined };

/** Plain lines, for logs. */
function lineDisplay(write: (text: string) => void, now: () => number): ProgressDisplay {
  let label = "";
  let began = now();
  let written = began;
  return {
    update(progress) {
      const at = now();
      if (progress.label !== label) {
        label = progress.label;
        began = at;
      }
      if (at - written < LINE_EVERY_MS) return;
      written = at;
      const share = progress.total === undefined || progress.total === 0 ? "" : `${Math.floor((progress.done / progress.total) * 100)} %`;
      const detail = progress.detail === undefined ? "" : `(${progress.detail})`;
      const said = [share, describePace(progress, at - began), detail].filter((part) => part !== "");
      write(`${said.length === 0 ? label : `${label}: ${said.join(" ")}`}\n`);
    },
    stop: () => undefined,
  };
}

/** A bar with rate and time left, on a terminal. It stays empty while the total is not known. */
function barDisplay(stream: NodeJS.WritableStream, now: () => number): ProgressDisplay {
  let bar: cliProgress.SingleBar | undefined;
  let label = "";
  let began = now();
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    update(progress) {
      const { done, total } = progress;
      if (bar === undefined || progress.label !== label) {
        stop();
        label = progress.label;
        began = now();
        bar = new cliProgress.SingleBar(
          {
            format: "{label}  {bar} {percentage} %  {pace}  {detail}",
            stream,
            barsize: 24,
            clearOnComplete: true,
            hideCursor: true,
            linewrap: true,
            // Signals are handled by the command line, which lets the command clean up.
            gracefulExit: false,
            emptyOnZero: true,
          },
          cliProgress.Presets.shades_classic,
        );
        bar.start(total ?? 0, 0, { label, pace: "", detail: "" });
      }
      // Totals may be estimates that change on the way.
      bar.setTotal(total ?? 0);
      bar.update(total === undefined ? 0 : Math.min(done, total), {
        label,
        pace: describePace(progress, now() - began),
        detail: progress.detail ?? "",
      });
    },
    stop,
  };
}

/** The display that fits: none when `hidden`, a bar on a terminal, lines otherwise. All of it goes to stderr. */
export function openProgress(terminal: Terminal, options: { hidden: boolean; now?: () => number }): ProgressDisplay {
  const now = options.now ?? (() => performance.now());
  if (options.hidden) return HIDDEN;
  const display = terminal.barStream === undefined ? lineDisplay(terminal.stderr, now) : barDisplay(terminal.barStream, now);
  return {
    update: ({ detail, ...progress }) => display.update({ ...progress, ...(detail === undefined ? {} : { detail: legible(detail) }) }),
    stop: display.stop,
  };
}
