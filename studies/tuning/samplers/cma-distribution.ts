import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { math } from "../../../engine/index.js";

/** A point of a generation. */
export interface Candidate {
  readonly point: Float64Array;
  /** Was it put in the place of one that was drawn? */
  readonly isInjected: boolean;
}

/** Constants of the method for a number of axes and of points a generation (Hansen's tutorial, table 1). */
interface Constants {
  /** One a rank, best first: positive for the better half (together 1), negative for the rest. */
  readonly weights: Float64Array;
  /** Points that the mean is made of. */
  readonly parents: number;
  /** Effective number of parents. */
  readonly massEffective: number;
  readonly pathOfStep: number;
  readonly damping: number;
  readonly path: number;
  readonly rankOne: number;
  readonly rankMany: number;
  /** Expected length of a standard normal vector. */
  readonly expectedLength: number;
}

function constantsOf(n: number, points: number): Constants {
  const raw = Float64Array.from({ length: points }, (_, at) => math.ln((points + 1) / 2) - math.ln(at + 1));
  const parents = Math.floor(points / 2);
  const [better, worse] = [raw.subarray(0, parents), raw.subarray(parents)];
  const massEffective = effective(better);
  const massOfWorse = effective(worse);
  const rankOne = 2 / ((n + 1.3) * (n + 1.3) + massEffective);
  const rankMany = Math.min(1 - rankOne, (2 * (0.25 + massEffective + 1 / massEffective - 2)) / ((n + 2) * (n + 2) + massEffective));
  // The negative weights are as large as keeps the matrix positive definite.
  const worseSum = Math.min(1 + rankOne / rankMany, 1 + (2 * massOfWorse) / (massEffective + 2), (1 - rankOne - rankMany) / (n * rankMany));
  const [positive, negative] = [sumOf(raw.filter((weight) => weight > 0)), -sumOf(raw.filter((weight) => weight < 0))];
  const pathOfStep = (massEffective + 2) / (n + massEffective + 5);
  return {
    weights: raw.map((weight) => (weight >= 0 ? weight / positive : (weight * worseSum) / negative)),
    parents,
    massEffective,
    pathOfStep,
    damping: 1 + 2 * Math.max(0, Math.sqrt((massEffective - 1) / (n + 1)) - 1) + pathOfStep,
    path: (4 + massEffective / n) / (n + 4 + (2 * massEffective) / n),
    rankOne,
    rankMany,
    expectedLength: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

function effective(weights: Float64Array): number {
  const sum = sumOf(weights);
  return (sum * sum) / weights.reduce((squares, weight) => squares + weight * weight, 0);
}

/**
 * The normal distribution that CMA-ES draws from and moves: N. Hansen, "The CMA evolution strategy: a tutorial" (2016,
 * arXiv:1604.00772), figure 6, with its negative weights. Vectors have one entry an axis, in units of the axis' width.
 */
export class CmaDistribution {
  readonly #n: number;
  readonly #constants: Constants;
  readonly #mean: Float64Array;
  #step: number;
  #generation = 0;
  readonly #covariance: Matrix;
  readonly #stepPath: Float64Array;
  readonly #path: Float64Array;
  /** Eigenvectors of the covariance, one a column. */
  #axes: Matrix;
  /** Square roots of its eigenvalues. */
  #lengths: Float64Array;

  /** @param points of a generation, 4 or more */
  constructor(mean: readonly number[], step: number, points: number) {
    this.#n = mean.length;
    this.#constants = constantsOf(this.#n, points);
    this.#mean = Float64Array.from(mean);
    this.#step = step;
    this.#covariance = Matrix.eye(this.#n);
    this.#stepPath = new Float64Array(this.#n);
    this.#path = new Float64Array(this.#n);
    this.#axes = Matrix.eye(this.#n);
    this.#lengths = new Float64Array(this.#n).fill(1);
  }

  /** Standard deviation along the longest axis of the distribution. */
  get widest(): number {
    return this.#step * Math.max(...this.#lengths);
  }

  /** Largest over smallest eigenvalue of the covariance. */
  get condition(): number {
    const ratio = Math.max(...this.#lengths) / Math.min(...this.#lengths);
    return ratio * ratio;
  }

  draw(normal: () => number): Float64Array {
    const z = this.#lengths.map((length) => length * normal());
    return this.#mean.map((mean, i) => mean + this.#step * row(this.#axes, i, z));
  }

  /**
   * Moves the distribution towards the better points of a generation.
   * @param ranked all points of it, best first
   * @param isFlat did most of them come out alike? Then the step grows (tutorial, B.3).
   */
  move(ranked: readonly Candidate[], isFlat: boolean): void {
    const { weights, parents, massEffective, pathOfStep, damping, path, rankOne, rankMany, expectedLength } = this.#constants;
    const steps = ranked.map(({ point, isInjected }) => {
      const step = point.map((coordinate, i) => (coordinate - this.#mean[i]) / this.#step);
      return isInjected ? this.#limited(step) : step;
    });
    const drift = new Float64Array(this.#n);
    for (let k = 0; k < parents; k++) for (let i = 0; i < this.#n; i++) drift[i] += weights[k] * steps[k][i];
    for (let i = 0; i < this.#n; i++) this.#mean[i] += this.#step * drift[i];

    this.#generation += 1;
    const whitened = this.#whitened(drift);
    const stepGain = Math.sqrt(pathOfStep * (2 - pathOfStep) * massEffective);
    for (let i = 0; i < this.#n; i++) this.#stepPath[i] = (1 - pathOfStep) * this.#stepPath[i] + stepGain * whitened[i];
    const length = norm(this.#stepPath);
    const settled = Math.sqrt(1 - math.pow(1 - pathOfStep, 2 * this.#generation));
    const isSteady = length / settled < (1.4 + 2 / (this.#n + 1)) * expectedLength;

    const pathGain = isSteady ? Math.sqrt(path * (2 - path) * massEffective) : 0;
    for (let i = 0; i < this.#n; i++) this.#path[i] = (1 - path) * this.#path[i] + pathGain * drift[i];

    // What a negative weight subtracts has the length that keeps the matrix positive definite.
    const shares = weights.map((weight, k) => {
      if (weight >= 0) return weight;
      const distance = norm(this.#whitened(steps[k]));
      // A point at the mean has no direction to subtract.
      return distance === 0 ? 0 : (weight * this.#n) / (distance * distance);
    });
    const kept = 1 + (isSteady ? 0 : rankOne * path * (2 - path)) - rankOne - rankMany * sumOf(weights);
    for (let i = 0; i < this.#n; i++) {
      for (let j = 0; j <= i; j++) {
        let many = 0;
        for (let k = 0; k < steps.length; k++) many += shares[k] * steps[k][i] * steps[k][j];
        const entry = kept * this.#covariance.get(i, j) + rankOne * this.#path[i] * this.#path[j] + rankMany * many;
        this.#covariance.set(i, j, entry);
        this.#covariance.set(j, i, entry);
      }
    }
    const pull = (pathOfStep / damping) * (length / expectedLength - 1);
    // A step that more than doubles at once comes of a point far outside of the distribution.
    this.#step *= math.exp(Math.min(isFlat ? Math.max(pull, 0.2 + pathOfStep / damping) : pull, 1));
    this.#decompose();
  }

  /** Widens the distribution along an axis, where it is narrower than a standard deviation. */
  widen(axis: number, deviation: number): void {
    const entry = this.#covariance.get(axis, axis);
    const needed = (deviation / this.#step) * (deviation / this.#step);
    if (entry >= needed) return;
    this.#covariance.set(axis, axis, needed);
    this.#decompose();
  }

  /**
   * A step no longer than the distribution would draw: points that were put in the place of drawn ones may lie far outside
   * (N. Hansen, "Injecting external solutions into CMA-ES", 2011, equation 4).
   */
  #limited(step: Float64Array): Float64Array {
    const longest = Math.sqrt(this.#n) + (2 * this.#n) / (this.#n + 2);
    const distance = norm(this.#whitened(step));
    return distance <= longest ? step : step.map((entry) => (entry * longest) / distance);
  }

  /** The inverse square root of the covariance, times a vector. */
  #whitened(vector: Float64Array): Float64Array {
    const along = this.#lengths.map((length, k) => {
      let sum = 0;
      for (let i = 0; i < this.#n; i++) sum += this.#axes.get(i, k) * vector[i];
      return sum / length;
    });
    return vector.map((_, i) => row(this.#axes, i, along));
  }

  #decompose(): void {
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(this.#covariance, { assumeSymmetric: true });
    this.#axes = eigenvectorMatrix;
    // Rounding can leave an eigenvalue of 0 or below.
    const largest = Math.max(...realEigenvalues);
    this.#lengths = Float64Array.from(realEigenvalues, (value) => Math.sqrt(Math.max(value, largest * 1e-20)));
  }
}

function row(matrix: Matrix, i: number, vector: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < vector.length; k++) sum += matrix.get(i, k) * vector[k];
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((squares, entry) => squares + entry * entry, 0));
}
