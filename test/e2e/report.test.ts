import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openInBrowser } from "../../cli/open-in-browser.js";
import { runInProcess } from "../cli/run-in-process.js";
import { contentsOf } from "../recorders/temporary-folder.js";
import { tenure, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
const at = (...path: string[]) => join(folder.path, ...path);
const report = (...args: string[]) => tenureHere(["report", ...args], folder.path);
/** In this process, which is quicker. */
const refused = async (...args: string[]) => {
  const { code, out, err } = await runInProcess(["report", ...args, "--json"]);
  expect(out).toBe("");
  return { code, error: JSON.parse(err).error as { code: string; found: unknown; hint: string } };
};

beforeAll(async () => {
  folder = await workFolder();
  const run = ["run", "demo", "--set", "time.days=3", "--quiet", "--out"];
  expect(await tenureHere([...run, "runs/demo"], folder.path)).toMatchObject({ code: 0 });
});
afterAll(() => folder.remove());

describe("tenure report", () => {
  it("writes a page beside the folder, leaves the run as it is, and writes the same bytes again", async () => {
    const before = await contentsOf(at("runs/demo"));
    const first = await tenure(["report", "runs/demo"], folder.path);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^Wrote runs\/demo\.html \(\d+ kB\)\n/);
    const page = await readFile(at("runs/demo.html"), "utf8");
    expect(page).toContain("npx tenure sql runs/demo ");
    // Nothing of the machine.
    expect(page).not.toContain(folder.path);
    expect(await report("runs/demo", "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await readFile(at("runs/demo.html"), "utf8")).toBe(page);
    expect(await contentsOf(at("runs/demo"))).toEqual(before);
    expect(await tenureHere(["verify", "runs/demo"], folder.path)).toMatchObject({ code: 0 });
    expect(await tenureHere(["run", "demo", "--set", "time.days=3", "--quiet", "--out", "runs/demo"], folder.path)).toMatchObject({
      code: 0,
    });
  });

  it("--out chooses the file, and makes its folders", async () => {
    expect(await report("runs/demo", "--out", "pages/of/demo.html")).toMatchObject({ code: 0 });
    expect(await readFile(at("pages/of/demo.html"), "utf8")).toMatch(/^<!doctype html>/);
  });

  it("--json prints the numbers of the page, and writes none unless asked to", async () => {
    const { code, stdout, stderr } = await report("runs/demo", "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const data = JSON.parse(stdout);
    expect(data).toMatchObject({ out: null, findings: [], run: "runs/demo", summary: { scenario: "demo" } });
    expect(data.holding[0].multiplier.median.length).toBe(60);
    expect(data.miner_pages[0].miners).toHaveLength(64);
    const written = JSON.parse((await report("runs/demo", "--json", "--out", "json.html")).stdout);
    expect(written.out).toBe("json.html");
    expect(await readFile(at("json.html"), "utf8")).toMatch(/^<!doctype html>/);
  });

  it("--open hands the page to the system's program, and says where there is none", async () => {
    await mkdir(at("bin"));
    const opener = at("bin", process.platform === "darwin" ? "open" : "xdg-open");
    await writeFile(opener, `#!/bin/sh\nprintf %s "$1" > "${at("opened")}.part" && mv "${at("opened")}.part" "${at("opened")}"\n`);
    await chmod(opener, 0o755);
    const path = process.env.PATH;
    try {
      process.env.PATH = `${at("bin")}${delimiter}${path}`;
      expect(await openInBrowser(at("runs/demo.html"))).toBeNull();
      process.env.PATH = at("none");
      expect(await openInBrowser(at("runs/demo.html"))).toMatch(/^there is no (xdg-open|open) here$/);
      const { code, err } = await runInProcess(["report", at("runs/demo"), "--out", at("opened.html"), "--open"]);
      expect(code).toBe(0);
      expect(err).toMatch(/The page could not be opened: there is no/);
    } finally {
      process.env.PATH = path;
    }
    const opened = async (): Promise<string> =>
      readFile(at("opened"), "utf8").catch(() => new Promise((done) => setImmediate(() => done(opened()))));
    expect(await opened()).toBe(at("runs/demo.html"));
  });
});

describe("what is refused", () => {
  it("something else in the place of the page, which stays as it is", async () => {
    await writeFile(at("notes.html"), "<!doctype html>\n<p>mine</p>");
    await mkdir(at("a-folder.html"));
    await symlink(at("runs/demo.html"), at("link.html"));
    for (const [out, found] of [
      ["notes.html", "a file that Tenure did not write as a report"],
      ["a-folder.html", "a folder"],
      ["link.html", "a link, a pipe or a device"],
    ] as const) {
      expect(await refused(at("runs/demo"), "--out", at(out))).toMatchObject({ code: 2, error: { code: "TEN-REPORT-020", found } });
    }
    expect(await readFile(at("notes.html"), "utf8")).toBe("<!doctype html>\n<p>mine</p>");
    for (const out of [`${at("pages")}/`, at("notes.html", "x.html"), at(`${"x".repeat(300)}.html`, "x.html")]) {
      expect(await refused(at("runs/demo"), "--out", out)).toMatchObject({ code: 2, error: { code: "TEN-REPORT-021" } });
    }
  });

  it("a folder that holds no finished run", async () => {
    await mkdir(at("empty"));
    const manifest = JSON.parse(await readFile(at("runs/demo/manifest.json"), "utf8"));
    const put = async (name: string, content: object) => {
      await mkdir(at(name));
      await writeFile(at(name, "manifest.json"), JSON.stringify(content));
    };
    const { format, tool, scenario } = manifest;
    await put("unfinished", { format, status: "incomplete", tool, scenario: { name: scenario.name }, reason: "interrupted" });
    await put("newer", { ...manifest, format: 99 });
    await put("edited", { ...manifest, seed: 2 });
    for (const [name, code, hint] of [
      ["none", "TEN-RESULT-003", /tenure run --out/],
      ["empty", "TEN-RESULT-003", /tenure run --out/],
      ["unfinished", "TEN-RESULT-004", /Run the scenario again/],
      ["newer", "TEN-RESULT-005", /Run the scenario again/],
      ["edited", "TEN-RESULT-013", /Run the scenario again/],
    ] as const) {
      const { code: exit, error } = await refused(at(name));
      expect({ exit, code: error.code }).toEqual({ exit: 2, code });
      expect(error.hint).toMatch(hint);
    }
    expect((await refused(at("runs/demo"), "--out", at("empty", "x.html"), "--tall")).error.code).toBe("TEN-CLI-021");
  });

  it("a table that is damaged, and no page is left", async () => {
    await mkdir(at("damaged"), { recursive: true });
    const { cp } = await import("node:fs/promises");
    await cp(at("runs/demo"), at("damaged/demo"), { recursive: true });
    const table = at("damaged/demo/tables/holdings.arrow");
    const bytes = await readFile(table);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(table, bytes);
    expect(await refused(at("damaged/demo"), "--out", at("damaged.html"))).toMatchObject({ code: 2, error: { code: "TEN-RESULT-006" } });
    await expect(readFile(at("damaged.html"))).rejects.toThrow(/ENOENT/);
  });
});
