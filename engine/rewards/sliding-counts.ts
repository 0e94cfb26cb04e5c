import { InvariantError } from "../kernel/errors.js";

const FIRST_CAPACITY = 16;

/**
 * How many events each member had in a window (at - windowMs, at]. Adding is O(1) amortised, counting O(log of the
 * events in a window); no more than a window's events are kept.
 */
export class SlidingCounts {
  /** Rings of times, ascending, by member. */
  private readonly times: Float64Array[];
  private readonly head: Int32Array;
  private readonly size: Int32Array;

  constructor(
    members: number,
    private readonly windowMs: number,
  ) {
    this.times = Array.from({ length: members }, () => new Float64Array(FIRST_CAPACITY));
    this.head = new Int32Array(members);
    this.size = new Int32Array(members);
  }

  /** Adds an event; a member's times do not go back. */
  add(member: number, timeMs: number): void {
    let times = this.times[member];
    let head = this.head[member];
    let size = this.size[member];
    if (size > 0 && times[(head + size - 1) % times.length] > timeMs) {
      throw new InvariantError(`events of member ${member} go back in time, to ${timeMs} ms`);
    }
    while (size > 0 && times[head] <= timeMs - this.windowMs) {
      head = (head + 1) % times.length;
      size -= 1;
    }
    if (size === times.length) {
      const larger = new Float64Array(size * 2);
      for (let i = 0; i < size; i++) larger[i] = times[(head + i) % size];
      times = larger;
      this.times[member] = larger;
      head = 0;
    }
    times[(head + size) % times.length] = timeMs;
    this.head[member] = head;
    this.size[member] = size + 1;
  }

  /** Events in (atMs - windowMs, atMs]; `atMs` is not before the member's newest event. */
  count(member: number, atMs: number): number {
    const times = this.times[member];
    const head = this.head[member];
    const size = this.size[member];
    const after = atMs - this.windowMs;
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (times[(head + middle) % times.length] > after) high = middle;
      else low = middle + 1;
    }
    return size - low;
  }
}
