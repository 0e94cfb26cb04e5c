/** Epochs whose pot a rule gives to nobody: all below the minimum stake under `below_minimum: zero`, or all weights 0. */
export class UnpaidEpochs {
  count = 0;
  /** Those of them in which pay goes by the rule's weights; in the others they are only computed. */
  shared = 0;
  firstMs: number | null = null;
  lastMs: number | null = null;

  take(endMs: number, isShared: boolean): void {
    this.count += 1;
    if (isShared) this.shared += 1;
    this.firstMs ??= endMs;
    this.lastMs = endMs;
  }
}
