/** Base weights of positions where a weights stream gives them: the latest of each. */
export class StreamWeights {
  /** Whether any was given. */
  isGiven = false;
  /** By position; NaN: none. */
  private weights = new Float64Array(256).fill(Number.NaN);

  ensurePositions(count: number): void {
    if (count <= this.weights.length) return;
    const weights = new Float64Array(count * 2).fill(Number.NaN);
    weights.set(this.weights);
    this.weights = weights;
  }

  set(position: number, weight: number): void {
    this.weights[position] = weight;
    this.isGiven = true;
  }

  /** A position takes another's place, and its weight where it has none of its own. */
  passOn(from: number, to: number): void {
    if (Number.isNaN(this.weights[to])) this.weights[to] = this.weights[from];
    this.weights[from] = Number.NaN;
  }

  /** NaN: none was given. */
  of(position: number): number {
    return this.weights[position];
  }
}
