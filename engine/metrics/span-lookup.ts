import { InvariantError } from "../kernel/errors.js";
import { max } from "../kernel/math.js";
import type { Span, TimeWindow } from "./span.js";

/** Which of many spans, which may overlap, hold an instant. Instants that follow one another mostly lie between the same borders. */
export class SpanLookup {
  /** Each in order of time, without overlap. */
  readonly #spans: readonly (readonly TimeWindow[])[];
  /** Where any window begins or ends, ascending. */
  readonly #borders: readonly number[];
  /** The spans of the instants from one border to the next. */
  #fromMs = Number.NaN;
  #toMs = Number.NaN;
  #found: readonly number[] = [];

  /** @throws InvariantError for a window that ends before it begins */
  constructor(spans: readonly Span[]) {
    this.#spans = spans.map(joined);
    this.#borders = [...new Set(this.#spans.flatMap((span) => span.flatMap(({ fromMs, toMs }) => [fromMs, toMs])))].sort((a, b) => a - b);
  }

  /** Their indices, ascending; valid for good. */
  at(timeMs: number): readonly number[] {
    if (timeMs >= this.#fromMs && timeMs < this.#toMs) return this.#found;
    const next = firstIndex(this.#borders.length, (i) => this.#borders[i] > timeMs);
    this.#fromMs = next === 0 ? Number.NEGATIVE_INFINITY : this.#borders[next - 1];
    this.#toMs = next === this.#borders.length ? Number.POSITIVE_INFINITY : this.#borders[next];
    this.#found = this.#spans.flatMap((span, index) => (holds(span, timeMs) ? [index] : []));
    return this.#found;
  }
}

function joined(span: Span): readonly TimeWindow[] {
  const windows: TimeWindow[] = [];
  for (const window of [...span].sort((a, b) => a.fromMs - b.fromMs)) {
    if (!(window.fromMs <= window.toMs)) throw new InvariantError(`a window from ${window.fromMs} to ${window.toMs}`);
    const last = windows.at(-1);
    if (last === undefined || window.fromMs > last.toMs) windows.push(window);
    else windows[windows.length - 1] = { fromMs: last.fromMs, toMs: max(last.toMs, window.toMs) };
  }
  return windows;
}

function holds(span: readonly TimeWindow[], timeMs: number): boolean {
  const next = firstIndex(span.length, (i) => span[i].fromMs > timeMs);
  return next > 0 && timeMs < span[next - 1].toMs;
}

/** The first index for which it is so, where it is so for all after; `count` where it is for none. */
function firstIndex(count: number, isSo: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
