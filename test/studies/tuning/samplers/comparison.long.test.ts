import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { spreadOf } from "../../../../studies/index.js";
import { hypervolume } from "../../../../studies/tuning/hypervolume.js";
import type { SamplerName } from "../../../../studies/tuning/samplers/index.js";
import { BRANIN_LEAST, branin, HARTMANN_LEAST, hartmann6, zdt1, zdt2, zdt3 } from "../published-functions.js";
import { leastLoss, ranges, searched } from "../search.js";

const page = readFileSync(resolve(import.meta.dirname, "../../../../docs/explanation/tuning-statistics.md"), "utf8");
const rowsOf = (name: SamplerName) =>
  page
    .split("\n")
    .filter((line) => line.startsWith(`| \`${name}\` |`))
    .join("\n");

/** Mean and interval of 95 % over 20 seeds. */
function overSeeds(digits: number, value: (seed: number) => number): string {
  const { mean, interval } = spreadOf(Array.from({ length: 20 }, (_, at) => value(at + 1)));
  const text = (figure: number) => figure.toPrecision(digits);
  return `${text(mean)} (${text(interval?.low ?? mean)} to ${text(interval?.high ?? mean)})`;
}

const regret = (name: SamplerName, n: number, budget: number, loss: (point: readonly number[]) => number, least: number) =>
  overSeeds(2, (seed) => leastLoss(searched({ name, axes: ranges(n), seed, budget }, (point) => [loss(point)])) - least);

const volume = (name: SamplerName, zdt: typeof zdt1) =>
  overSeeds(3, (seed) => {
    const { outcomes } = searched({ name, axes: ranges(5), seed, budget: 2000 }, zdt);
    return hypervolume(
      outcomes.filter((losses) => losses !== null),
      [1.1, 1.1],
    );
  });

it.each(["random", "sobol", "latin_hypercube", "tpe", "cma_es"] as const)("the page has the row of %s", (name) => {
  const cells = [
    regret(name, 2, 100, branin, BRANIN_LEAST),
    regret(name, 2, 300, branin, BRANIN_LEAST),
    regret(name, 6, 100, hartmann6, HARTMANN_LEAST),
    regret(name, 6, 300, hartmann6, HARTMANN_LEAST),
  ];
  expect(rowsOf(name)).toContain(`| \`${name}\` | ${cells.join(" | ")} |`);
});

it.each(["random", "nsga2"] as const)("the page has the row of %s for several objectives", (name) => {
  expect(rowsOf(name)).toContain(`| \`${name}\` | ${[zdt1, zdt2, zdt3].map((zdt) => volume(name, zdt)).join(" | ")} |`);
});
