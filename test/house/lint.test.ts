import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const biome = join(root, "node_modules/@biomejs/biome/bin/biome");

interface Finding {
  readonly file: string;
  readonly rule: string;
  readonly message: string;
}

interface Offence {
  readonly rule: string;
  readonly source: string;
  /** Where it is forbidden. */
  readonly rooms: readonly string[];
  readonly message?: string;
}

const EXACT_ROOMS = ["engine", "scenarios"];
const BANNED_GLOBALS = [
  "Math",
  "Date",
  "performance",
  "process",
  "console",
  "crypto",
  "fetch",
  "globalThis",
  "Intl",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
];

const offences: Readonly<Record<string, Offence>> = {
  ...Object.fromEntries(
    BANNED_GLOBALS.map((name) => [
      `the global ${name}`,
      { rule: "lint/style/noRestrictedGlobals", source: `export const offence: unknown = ${name};\n`, rooms: EXACT_ROOMS, message: name },
    ]),
  ),
  "the power operator": {
    rule: "plugin",
    source: "export const offence = (base: number) => base ** 2;\n",
    rooms: EXACT_ROOMS,
    message: "`**`",
  },
  "the power assignment": {
    rule: "plugin",
    source: "export function offence(base: number) {\n  let power = base;\n  power **= 2;\n  return power;\n}\n",
    rooms: EXACT_ROOMS,
    message: "`**`",
  },
  localeCompare: {
    rule: "plugin",
    source: "export const offence = (a: string, b: string) => a.localeCompare(b);\n",
    rooms: EXACT_ROOMS,
    message: "Locale",
  },
  "localeCompare by destructuring": {
    rule: "plugin",
    source: 'const { localeCompare } = "a";\nexport const offence = localeCompare;\n',
    rooms: EXACT_ROOMS,
    message: "Locale",
  },
  toLocaleString: {
    rule: "plugin",
    source: "export const offence = (n: number) => n.toLocaleString();\n",
    rooms: EXACT_ROOMS,
    message: "Locale",
  },
  "toLocaleString of what may be missing": {
    rule: "plugin",
    source: "export const offence = (n?: number) => n?.toLocaleString();\n",
    rooms: EXACT_ROOMS,
    message: "Locale",
  },
  toLocaleLowerCase: {
    rule: "plugin",
    source: "export const offence = (s: string) => s.toLocaleLowerCase();\n",
    rooms: EXACT_ROOMS,
    message: "Locale",
  },
  "Math.sin": { rule: "plugin", source: "export const offence = Math.sin(1);\n", rooms: EXACT_ROOMS, message: "IEEE" },
  "Math.random": { rule: "plugin", source: "export const offence = Math.random();\n", rooms: EXACT_ROOMS, message: "IEEE" },
  "Math.cbrt by destructuring": {
    rule: "plugin",
    source: "const { cbrt } = Math;\nexport const offence = cbrt(1);\n",
    rooms: EXACT_ROOMS,
    message: "IEEE",
  },
  "a node: module": {
    rule: "lint/correctness/noNodejsModules",
    source: 'import { readFileSync } from "node:fs";\nexport const offence = readFileSync;\n',
    rooms: EXACT_ROOMS,
  },
  "a bare Node module": {
    rule: "lint/correctness/noNodejsModules",
    source: 'import { join } from "path";\nexport const offence = join;\n',
    rooms: EXACT_ROOMS,
  },
};

const ROOMS = ["engine", "scenarios", "recorders", "studies", "reports", "cli"];

/** One import of `to` from inside `from`, and whether it must be caught. */
function roomImports(): { name: string; file: string; source: string; caught: boolean }[] {
  return ROOMS.flatMap((from, left) =>
    ROOMS.filter((to) => to !== from).flatMap((to) => {
      const allowed = ROOMS.indexOf(to) < left;
      return [
        { entry: "index.js", caught: !allowed },
        { entry: "inside/thing.js", caught: true },
        { entry: "inside/index.js", caught: true },
      ].map(({ entry, caught }, n) => ({
        name: `${from} importing ${to}/${entry}`,
        file: `${from}/deep/imports_${to}_${n}.ts`,
        source: `import { thing } from "../../${to}/${entry}";\n\nexport const taken = thing;\n`,
        caught,
      }));
    }),
  );
}

const LEGAL = `import { floor, pow } from "../kernel/math.js";

export const legal = (n: number) => floor(pow(n, 2) * n);
`;

/** Runs the project's own configuration over made-up files in a folder of their own. */
async function lint(files: Readonly<Record<string, string>>): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), "tenure-lint-"));
  try {
    await cp(join(root, "biome.json"), join(folder, "biome.json"));
    await cp(join(root, "lint"), join(folder, "lint"), { recursive: true });
    for (const [path, source] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), source);
    }
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [biome, "lint", "--max-diagnostics=none", "--reporter=github", "--colors=off"],
      { cwd: folder, maxBuffer: 1 << 26 },
    ).catch((failure: { stdout: string; stderr: string }) => failure);
    return [...stdout.matchAll(/^::\w+ title=([^,]*),file=([^,]*),.*?::(.*)$/gm)].map(([, rule = "", file = "", message = ""]) => ({
      rule,
      file: file.replaceAll("\\", "/").replace(/^.*?tenure-lint-[^/]*\//, ""),
      message,
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const fileOf = (room: string, name: string) => `${room}/deep/${name.replace(/\W+/g, "_")}.ts`;

describe("the linter", () => {
  let findings: Finding[];
  const imports = roomImports();

  beforeAll(async () => {
    const files: Record<string, string> = {
      "engine/deep/legal.ts": LEGAL,
      "engine/kernel/math.ts": "export const { abs, floor, sqrt } = Math;\n",
      "engine/deep/cycle_one.ts": 'import { two } from "./cycle_two.js";\n\nexport const one = () => two;\n',
      "engine/deep/cycle_two.ts": 'import { one } from "./cycle_one.js";\n\nexport const two = () => one;\n',
    };
    for (const [name, offence] of Object.entries(offences)) {
      for (const room of [...EXACT_ROOMS, "recorders"]) files[fileOf(room, name)] = offence.source;
    }
    for (const { file, source } of imports) files[file] = source;
    findings = await lint(files);
  });

  const found = (file: string, rule: string) => findings.filter((finding) => finding.file === file && finding.rule === rule);

  for (const [name, offence] of Object.entries(offences)) {
    for (const room of offence.rooms) {
      it(`catches ${name} in ${room}/`, () => {
        const caught = found(fileOf(room, name), offence.rule);
        expect(caught).not.toHaveLength(0);
        if (offence.message !== undefined) expect(caught.map((finding) => finding.message).join("\n")).toContain(offence.message);
      });
    }
    it(`leaves ${name} alone in recorders/`, () => {
      expect(found(fileOf("recorders", name), offence.rule)).toEqual([]);
    });
  }

  for (const { name, file, caught } of imports) {
    it(`${caught ? "catches" : "allows"} ${name}`, () => {
      expect(found(file, "lint/style/noRestrictedImports").length).toBe(caught ? 1 : 0);
    });
  }

  it("catches a circle of imports", () => {
    expect(found("engine/deep/cycle_one.ts", "lint/suspicious/noImportCycles")).toHaveLength(1);
  });

  it("passes legal files", () => {
    expect(findings.filter((finding) => /legal|kernel\/math/.test(finding.file))).toEqual([]);
  });
});

describe("an offence in the kernel's maths", () => {
  let findings: Finding[];

  beforeAll(async () => {
    findings = await lint({
      "engine/kernel/math.ts": "export const { abs, sin } = Math;\nexport const power = Math.pow;\nexport const now = Date.now;\n",
    });
  });

  it("is caught too", () => {
    expect(findings.filter((finding) => finding.rule === "plugin")).toHaveLength(2);
    expect(findings.filter((finding) => finding.rule === "lint/style/noRestrictedGlobals")).toHaveLength(1);
  });
});
