import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { keysOf } from "../../../../engine/index.js";
import { SAMPLERS, samplerNamed } from "../../../../studies/tuning/samplers/index.js";

const page = readFileSync(resolve(import.meta.dirname, "../../../../docs/explanation/tuning-statistics.md"), "utf8");

it.each(SAMPLERS)("the page names %s, its objectives, and its parameters with their defaults", (name) => {
  const { objectives, parameters, name: declared } = samplerNamed(name);
  expect(declared).toBe(name);
  expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\|.*\\| ${objectives} \\|[^|]*\\|$`, "m"));
  const line = new RegExp(`^- \`${name}\`: (.*)$`, "m").exec(page)?.[1] ?? "";
  const named = [...line.matchAll(/`(\w+)` \((\w[\w.]*)/g)].map(([, parameter, value]) => `${parameter} ${value}`);
  expect(named).toEqual(Object.entries(parameters).map(([key, parameter]) => `${keysOf(key, parameter).join(".")} ${parameter.default}`));
});
