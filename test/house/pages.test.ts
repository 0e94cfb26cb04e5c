import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { commandsPage } from "./pages/commands-page.js";
import { errorCodes } from "./pages/error-codes.js";
import { AREAS, errorsPage } from "./pages/errors-page.js";
import { findingsPage } from "./pages/findings-page.js";
import { libraryNames, libraryPage } from "./pages/library-page.js";
import { scenarioPage } from "./pages/scenario-page.js";
import { studyPage } from "./pages/study-page.js";
import { tablesPage } from "./pages/tables-page.js";

const reference = resolve(import.meta.dirname, "../../docs/reference");

// `npm run docs:reference` writes these pages anew.
describe("the generated pages are current:", () => {
  it.each([
    ["commands.md", commandsPage],
    ["scenario.md", scenarioPage],
    ["study.md", studyPage],
    ["tables.md", tablesPage],
    ["errors.md", errorsPage],
    ["../explanation/findings.md", findingsPage],
    ["library.md", libraryPage],
  ])("docs/reference/%s", async (name, page) => {
    await expect(await page()).toMatchFileSnapshot(resolve(reference, name));
  });
});

describe("every error code", () => {
  it.each(errorCodes())("$code says what is wrong and belongs to a known area", ({ code, what }) => {
    expect(what).not.toEqual([]);
    expect(AREAS).toHaveProperty(code.split("-")[1] ?? "");
  });
});

describe("every name of the library", () => {
  it.each(libraryNames())("$name says what it is", ({ name, group, meaning }) => {
    expect(meaning).not.toBe("");
    expect(group).not.toBe("");
    expect(libraryNames().filter((one) => one.name === name).length).toBe(1);
  });
});
