import { max, sqrt } from "../kernel/math.js";

/** Consistency looks at a day of hours. */
export const CONSISTENCY_HOURS = 24;

const HOURS = CONSISTENCY_HOURS;
/** Before any hour. */
const NEVER = Number.NEGATIVE_INFINITY;

/** Each miner's volume in the last 24 hours in which it did anything: a ring of (hour, rao). */
export class HourlyVolumes {
  private readonly hours: Float64Array;
  private readonly volumeRao: Float64Array;
  /** Index of the newest entry in a miner's ring. */
  private readonly newest: Int32Array;
  private readonly active: Int32Array;

  constructor(miners: number) {
    this.hours = new Float64Array(miners * HOURS).fill(NEVER);
    this.volumeRao = new Float64Array(miners * HOURS);
    this.newest = new Int32Array(miners).fill(HOURS - 1);
    this.active = new Int32Array(miners);
  }

  /** Adds volume to an hour (hours since 1970), not before the miner's newest. */
  add(miner: number, hour: number, amountRao: number): void {
    const base = miner * HOURS;
    let entry = this.newest[miner];
    if (this.active[miner] === 0 || this.hours[base + entry] !== hour) {
      entry = (entry + 1) % HOURS;
      this.newest[miner] = entry;
      this.hours[base + entry] = hour;
      this.volumeRao[base + entry] = 0;
      if (this.active[miner] < HOURS) this.active[miner] += 1;
    }
    this.volumeRao[base + entry] += amountRao;
  }

  /** How many hours are held, at most 24. */
  activeHours(miner: number): number {
    return this.active[miner];
  }

  /**
   * max(0, 1 - stdev / mean) of the 24 clock hours that end with `lastHour`, idle ones as 0; stdev is the sample
   * deviation. 0..1; 0 without any volume.
   */
  clockConsistency(miner: number, lastHour: number): number {
    return this.consistency(miner, lastHour - HOURS, HOURS);
  }

  /** The same over the hours that are held alone; 0 with fewer than two. */
  activeConsistency(miner: number): number {
    return this.consistency(miner, NEVER, this.active[miner]);
  }

  private consistency(miner: number, afterHour: number, among: number): number {
    if (among < 2) return 0;
    const { hours, volumeRao } = this;
    const base = miner * HOURS;
    const first = this.newest[miner] + 1;
    let sum = 0;
    let counted = 0;
    for (let i = 0; i < HOURS; i++) {
      const entry = base + ((first + i) % HOURS);
      if (!(hours[entry] > afterHour)) continue;
      sum += volumeRao[entry];
      counted += 1;
    }
    if (sum === 0) return 0;
    const mean = sum / among;
    let squares = (among - counted) * mean * mean;
    for (let i = 0; i < HOURS; i++) {
      const entry = base + ((first + i) % HOURS);
      if (!(hours[entry] > afterHour)) continue;
      const difference = volumeRao[entry] - mean;
      squares += difference * difference;
    }
    return max(0, 1 - sqrt(squares / (among - 1)) / mean);
  }
}
