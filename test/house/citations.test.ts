import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** What is not of the project's own writing. */
const SKIPPED = new Set(["node_modules", "dist", ".git", "coverage", "runs", "data"]);
const TEXT = /\.(ts|mjs|md|ya?ml|json|grit)$/;

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesOf(path);
    return TEXT.test(entry.name) && entry.name !== "package-lock.json" ? [path] : [];
  });
}

/** The text with comments that are broken over lines made one line again. */
function unbroken(text: string): string {
  return text.replace(/\n[ \t]*(?:\*(?!\/)|\/\/|#|>)?[ \t]*/g, " ");
}

/** `mechanisms 5`, `Mechanisms section 2`, `section 2 of the mechanisms`, `mechanisms.md`. */
const BY_NUMBER = /\bmechanisms(?:\.md)?,? (?:sections? )?\d+\b|\bsections? \d+ of (?:the )?mechanisms\b|\bmechanisms\.md\b/gi;

/** Pages by path from the root, as comments name them. */
const BY_PATH = /(?<![\w./-])docs\/[\w./-]*[\w-]\.\w+/g;

/** Links of a page. */
const LINK = /\]\(([^)\s]+)\)/g;

const files = filesOf("").map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }));
const pages = files.filter(({ name }) => name.endsWith(".md"));
const own = "test/house/citations.test.ts";

/** Anchors of a page: its headings as GitHub makes them. */
function anchorsOf(text: string): string[] {
  return [...text.replace(/^```.*?^```/gms, "").matchAll(/^#+ +(.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("a citation", () => {
  it("is looked for in all files there are", () => {
    for (const name of ["engine/kernel/pot.ts", "docs/README.md", "scenarios/demo.yaml", "README.md"]) {
      expect(files.map((file) => file.name)).toContain(name);
    }
  });

  it.each([
    ["(mechanisms 3)", "mechanisms 3"],
    ["12 s a block (mechanisms\n * 1), counted", "mechanisms 1"],
    ["Mechanisms section 2 gives", "Mechanisms section 2"],
    ["section 2 of the mechanisms", "section 2 of the mechanisms"],
  ])("by number is found: %j", (text, found) => {
    expect(unbroken(text).match(BY_NUMBER)).toEqual([found]);
  });

  it("by number is none: no reader could follow it", () => {
    const cited = files
      .filter(({ name }) => name !== own)
      .flatMap(({ name, text }) => (unbroken(text).match(BY_NUMBER) ?? []).map((words) => `${name}: ${words}`));
    expect(cited).toEqual([]);
  });

  it("by path names a page that exists", () => {
    const cited = files.flatMap(({ name, text }) => (unbroken(text).match(BY_PATH) ?? []).map((path) => ({ name, path })));
    expect(cited.length).toBeGreaterThan(100);
    expect(cited.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("by link leads to a file, and to a heading of it", () => {
    const dead = pages.flatMap(({ name, text }) =>
      [...text.matchAll(LINK)].flatMap(([, link = ""]) => {
        if (/^[a-z]+:/.test(link)) return [];
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? name : join(dirname(name), path).replaceAll("\\", "/");
        if (!existsSync(join(root, target))) return [`${name}: ${link}`];
        if (anchor === undefined) return [];
        const linked = files.find((file) => file.name === target);
        return linked !== undefined && anchorsOf(linked.text).includes(anchor) ? [] : [`${name}: ${link}`];
      }),
    );
    expect(dead).toEqual([]);
  });

  it("of every page of docs/explanation stands in docs/README.md", () => {
    const listed = files.find(({ name }) => name === "docs/README.md")?.text ?? "";
    const all = readdirSync(join(root, "docs/explanation")).filter((name) => name.endsWith(".md"));
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((page) => !listed.includes(`(explanation/${page})`))).toEqual([]);
  });
});
