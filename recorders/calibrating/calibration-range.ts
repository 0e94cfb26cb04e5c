import { TenureError } from "../../engine/index.js";
import { instantMs } from "../../scenarios/index.js";

/** The time that is looked at, Unix ms. */
export interface CalibrationRange {
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
}

/**
 * The time that --from and --to name.
 * @throws TenureError `TEN-CALIBRATE-007` where one is no instant, or they enclose no time
 */
export function calibrationRange(from: string | undefined, to: string | undefined): CalibrationRange {
  const [fromMs, toMs] = [instantOf("--from", from), instantOf("--to", to)];
  if (fromMs === undefined || toMs === undefined || fromMs < toMs) return { fromMs, toMs };
  throw refusal("--to", to, `a time after --from, which is ${from}`);
}

function instantOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const timeMs = instantMs(text);
  if (timeMs === null) throw refusal(option, text, "a day or a time of a zone, such as 2025-10-01 or 2025-10-01T12:00:00Z");
  return timeMs;
}

function refusal(option: string, found: string | undefined, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-CALIBRATE-007",
    what: "The time that is to be looked at is none.",
    place: { path: option },
    found,
    allowed,
    hint: "Epochs that end after --from and up to --to count.",
  });
}
