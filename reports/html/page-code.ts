import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Style and script of every page, as the build bundled them from the folder `browser`. */
export interface PageCode {
  readonly style: string;
  readonly script: string;
  /** As a content security policy names the script: no other one runs. */
  readonly scriptHash: string;
}

let read: PageCode | undefined;

/** Read once. */
export function pageCode(): PageCode {
  if (read === undefined) {
    const script = builtText("page.js");
    read = { style: builtText("page.css"), script, scriptHash: `sha256-${createHash("sha256").update(script).digest("base64")}` };
  }
  return read;
}

function builtText(name: string): string {
  // From dist/reports/html and dist/bundle/cli when built, and from the sources, which are built before they are tried.
  for (const folder of ["./bundled/", "../../reports/html/bundled/", "../../dist/reports/html/bundled/"]) {
    try {
      return readFileSync(new URL(folder + name, import.meta.url), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  throw new Error(`${name} of the pages was not found: build the package`);
}
