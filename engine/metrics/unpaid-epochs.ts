/** Epochs whose pot a rule gives to nobody: all below the minimum stake under `below_minimum: zero`, or all weights 0. */
export class UnpaidEpochs {
  count = 0;
  firstMs: number | null = null;
  lastMs: number | null = null;

  take(endMs: number): void {
    this.count += 1;
    this.firstMs ??= endMs;
    this.lastMs = endMs;
  }
}
