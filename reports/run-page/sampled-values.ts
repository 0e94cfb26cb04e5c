import type { PageSubnet } from "./page-subnets.js";
import { type QuantileBands, quantileBands } from "./quantile-bands.js";

/** Gathers a figure of those who are followed on a subnet at its sampled epochs. */
export class SampledValues {
  readonly #subnet: PageSubnet;
  readonly #values: Float64Array[];
  readonly #counts: Int32Array;

  constructor(subnet: PageSubnet) {
    this.#subnet = subnet;
    this.#values = subnet.samples.rows.map(() => new Float64Array(subnet.followed.size));
    this.#counts = new Int32Array(subnet.samples.rows.length);
  }

  /** @param place of the sample */
  take(place: number, value: number): void {
    this.#values[place][this.#counts[place]++] = value;
  }

  /** Null where nothing was taken at all. */
  bands(): QuantileBands | null {
    if (this.#counts.every((count) => count === 0)) return null;
    const times = this.#subnet.samples.rows.map(({ end_ms }) => end_ms);
    return quantileBands(
      times,
      this.#values.map((values, place) => values.subarray(0, this.#counts[place])),
    );
  }
}
