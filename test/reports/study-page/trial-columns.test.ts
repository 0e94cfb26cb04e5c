import { expect, it } from "vitest";
import { frontSection } from "../../../reports/study-page/tuning/front-section.js";
import type { TuningPageData } from "../../../reports/study-page/tuning/tuning-page-data.js";

const ofBoth = (x: number) => ({ status: { mean: x }, 'hel"d': { mean: 1 - x } });
const tuning = {
  parameters: [{ path: "vesting.max_multiplier" }],
  objectives: [
    { name: "status", better: "max" },
    { name: 'hel"d', better: "max" },
  ],
  trials: [0, 1, 2].map((trial) => ({ trial, is_on_front: true, objectives: ofBoth(trial / 2) })),
  chosen: 1,
  base: null,
  front: [0, 1, 2],
} as unknown as TuningPageData["tuning"];

it("commands of a study ask the column of an objective whose name the table of trials has for itself", () => {
  const page = frontSection({ study: "studies/one", tuning })?.content.text ?? "";
  expect(page).toContain("SELECT trial, &quot;status_2&quot;, &quot;hel&quot;&quot;d&quot;, on_front FROM trials");
});
