import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One browser with one page, on which pages of reports are opened one after the other. */
export interface PageBrowser {
  readonly page: Page;
  /** What a page said on its console, or threw, since it was opened. */
  readonly said: readonly string[];
  /** What it asked of the network. */
  readonly asked: readonly string[];
  /** Opens a file, in light colours on a wide screen. */
  open(path: string): Promise<void>;
  close(): Promise<void>;
}

export const WIDE = { width: 1100, height: 800 };
export const PHONE = { width: 360, height: 700 };

/** @throws Error as `openBrowser` */
export async function startBrowser(): Promise<PageBrowser> {
  const browser = await openBrowser();
  const context = await browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  const said: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => void said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => void said.push(`thrown: ${error.message}`));
  page.on("dialog", (dialog) => {
    said.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => void asked.push(request.url()));
  return {
    page,
    said,
    asked,
    async open(path) {
      said.length = 0;
      asked.length = 0;
      await page.setViewportSize(WIDE);
      await page.emulateMedia({ colorScheme: "light", media: "screen" });
      await page.goto(pathToFileURL(path).href);
    },
    close: () => browser.close(),
  };
}

/** Charts by the anchor of their figure: how many marks each drawing has beside its frame. */
export function marksOf(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(`(() => {
    const marks = (figure) => figure.querySelectorAll("svg g:not([aria-hidden]) :is(path, circle, rect, line), svg g > path").length;
    return Object.fromEntries([...document.querySelectorAll("figure.chart")].map((figure) => [figure.id, marks(figure)]));
  })()`);
}

/** Rules of axe that a page breaks in a serious or critical way, with the places. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  // The page's own policy lets no other script in; this one comes from beside it.
  await page.evaluate(AXE);
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => String(target)).join("; ")))`);
}

/** How far the page is wider than the screen. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
