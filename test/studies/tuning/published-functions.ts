/** Functions whose optima are published; arguments are points of the unit cube. */

/**
 * Branin (Dixon & Szegö 1978), on [-5, 10] x [0, 15]: least value 0.397887, at (-π, 12.275), (π, 2.275) and (9.42478, 2.475).
 */
export function branin([u, v]: readonly number[]): number {
  const [x, y] = [15 * u - 5, 15 * v];
  const inner = y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6;
  return inner ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
}
export const BRANIN_LEAST = 0.397887357729738;

const HARTMANN_WEIGHTS = [1, 1.2, 3, 3.2];
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
];

/** Hartmann's function of six variables (Dixon & Szegö 1978): least value -3.32237, at HARTMANN_OPTIMUM. */
export function hartmann6(point: readonly number[]): number {
  const terms = HARTMANN_WEIGHTS.map((weight, i) => {
    const exponent = point.reduce((inner, x, j) => inner + HARTMANN_A[i][j] * (x - HARTMANN_P[i][j] / 10_000) ** 2, 0);
    return weight * Math.exp(-exponent);
  });
  return -terms.reduce((sum, term) => sum + term);
}
export const HARTMANN_LEAST = -3.32237;
export const HARTMANN_OPTIMUM = [0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573];

/** The functions of Zitzler, Deb & Thiele (2000): two objectives; on the front all coordinates but the first are 0. */
const zdt =
  (second: (share: number, first: number) => number) =>
  ([first, ...others]: readonly number[]): [number, number] => {
    const g = 1 + (9 * others.reduce((sum, x) => sum + x, 0)) / others.length;
    return [first, g * second(first / g, first)];
  };
export const zdt1 = zdt((share) => 1 - Math.sqrt(share));
export const zdt2 = zdt((share) => 1 - share ** 2);
export const zdt3 = zdt((share, first) => 1 - Math.sqrt(share) - share * Math.sin(10 * Math.PI * first));

/** Hypervolume of the fronts up to (1.1, 1.1): 0.1 of the way before 0, then the integral over the front. */
export const ZDT1_HYPERVOLUME = 0.11 + 0.1 + 2 / 3;
export const ZDT2_HYPERVOLUME = 0.11 + 0.1 + 1 / 3;

/** Ishigami's function (Ishigami & Homma 1990) with a = 7, b = 0.1, on [-π, π]³. */
export function ishigami(point: readonly number[]): number {
  const [x, y, z] = point.map((u) => Math.PI * (2 * u - 1));
  return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
}
/** Its variance parts are known: a²/8, b π⁴/5 and b² π⁸ times 1/18, 1/50 and 8/225 (Saltelli et al. 2008). */
const V1 = 0.5 * (1 + (0.1 * Math.PI ** 4) / 5) ** 2;
const V2 = 49 / 8;
const V13 = (8 * 0.01 * Math.PI ** 8) / 225;
export const ISHIGAMI = {
  first: [V1, V2, 0].map((part) => part / (V1 + V2 + V13)),
  total: [V1 + V13, V2, V13].map((part) => part / (V1 + V2 + V13)),
};
