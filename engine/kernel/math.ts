/**
 * The only mathematics of the engine: what IEEE 754 rounds exactly, so that every machine answers the same bits.
 * `exp`, `ln` and `pow` are written in JavaScript arithmetic by stdlib and therefore repeatable, unlike those of `Math`.
 */
import exp from "@stdlib/math-base-special-exp";
import ln from "@stdlib/math-base-special-ln";
import pow from "@stdlib/math-base-special-pow";

export const { abs, min, max, floor, ceil, round, trunc, sign, sqrt, fround, imul, clz32 } = Math;
export { exp, ln, pow };
