import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInProcess } from "../cli/run-in-process.js";
import { openBrowser } from "./browser.js";
import { workFolder } from "./tenure.js";

const HOSTILE = [
  `<img src=x onerror="document.title='owned'">`,
  `</script><script>document.title='owned'</script>`,
  `"><svg onload="document.title='owned'">`,
  `' autofocus onfocus=document.title='owned' x='`,
  "\u202eevil\u0007",
  "plain-key",
];

const FEW_EPOCHS = ["time.days=6", "streams.0.miners=8", "streams.0.coldkeys=8"].flatMap((one) => ["--set", one]);

let folder: Awaited<ReturnType<typeof workFolder>>;
let browser: Browser;
const at = (...path: string[]) => join(folder.path, ...path);

async function made(name: string, ...run: string[]): Promise<void> {
  expect(await runInProcess(["run", ...run, "--out", at(name), "--no-duckdb", "--quiet"])).toMatchObject({ code: 0, err: "" });
  expect(await runInProcess(["report", at(name), "--quiet"])).toMatchObject({ code: 0, err: "" });
}

/** A recording whose hotkeys, and a scenario whose description, are HTML. */
async function hostileRun(): Promise<void> {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = [1, 2, 3].flatMap((hour) =>
    HOSTILE.map(
      (key, uid) =>
        `${Date.UTC(2025, 0, 1) + hour * 3_600_000},${hour * 300},7,${quote(key)},${quote(`cold ${key}`)},${uid},miner,${(uid + 1) * 1e9}`,
    ),
  );
  await writeFile(at("emission.csv"), `time_ms,block,netuid,hotkey,coldkey,uid,role,amount_rao\n${rows.join("\n")}\n`);
  const scenario = {
    name: "hostile",
    description: HOSTILE.slice(0, 4).join(" "),
    streams: [{ recorded: "emission" }],
    emission: "redistribute",
  };
  await writeFile(at("hostile.yaml"), JSON.stringify(scenario));
  const source = ["import", "table", at("emission.csv"), "--kind", "emission", "--addresses", "any", "--coverage", "subnet"];
  await mkdir(at("recordings"));
  expect(await runInProcess([...source, "--out", at("recordings/emission"), "--quiet"])).toMatchObject({ code: 0 });
  await made("hostile", at("hostile.yaml"), "--data", at("recordings"));
}

beforeAll(async () => {
  folder = await workFolder();
  browser = await openBrowser();
  await made("demo", "demo", "--set", "time.days=10");
  for (const every of [5, 20]) await made(`every-${every}`, "demo", ...FEW_EPOCHS, "--set", `record.every_epochs=${every}`);
  await made("index", "tao20-crash", "--set", "time.days=3");
  const pools = ["--set", "index.rewards.pools.base=0", "--set", "index.rewards.pools.tier_bonus=0.95"];
  await made("idle", "tao20-crash", "--set", "time.days=1", ...pools);
  await hostileRun();
});
afterAll(async () => {
  await browser?.close();
  await folder.remove();
});

/** Opens a page, and closes it behind the test; it may say nothing on its console and fetch nothing. */
async function onPage(name: string, options: BrowserContextOptions, look: (page: Page) => Promise<void>, hash = ""): Promise<void> {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1100, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const said: string[] = [];
    const fetched: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => fetched.push(request.url()));
    await page.goto(`file://${at(`${name}.html`)}${hash}`);
    await look(page);
    expect(said).toEqual([]);
    expect(fetched.every((url) => url.startsWith(`file://${at(`${name}.html`)}`))).toBe(true);
  } finally {
    await context.close();
  }
}

/** Pixels of each canvas that are not empty. */
const inkOf = (page: Page): Promise<number[]> =>
  page.evaluate<number[]>(`[...document.querySelectorAll("canvas")].map((canvas) =>
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.filter((value, place) => place % 4 === 3 && value > 0).length)`);

/** Pixels of each canvas that are of a line: what else is drawn is grey. */
const colouredIn = (page: Page): Promise<number[]> =>
  page.evaluate<number[]>(`[...document.querySelectorAll("canvas")].map((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] > 128 && Math.max(...data.slice(at, at + 3)) - Math.min(...data.slice(at, at + 3)) > 80) count += 1;
    return count;
  })`);

/** What the page is drawn on, and the first long series as it is drawn. */
const PAPER = "getComputedStyle(document.body).backgroundColor";
const DRAWING = 'document.querySelector("#nav canvas").toDataURL()';

const widthOf = (page: Page) => page.evaluate<number>("document.documentElement.scrollWidth");

describe("the page in a browser", () => {
  it.each(["demo", "index", "hostile"])("%s: every chart has marks in it, and the file fetches nothing", async (name) => {
    await onPage(name, {}, async (page) => {
      const marks = await page.$$eval("figure.chart", (all) =>
        all.map((one) => one.querySelectorAll("svg path, svg rect, svg circle, svg line").length),
      );
      expect(marks.length).toBeGreaterThan(1);
      expect(Math.min(...marks)).toBeGreaterThan(2);
      const ink = await inkOf(page);
      expect(ink.length).toBe(name === "index" ? 2 : 0);
      for (const pixels of ink) expect(pixels).toBeGreaterThan(500);
    });
  });

  it("search narrows the miners, and a head sorts them", async () => {
    await onPage("demo", {}, async (page) => {
      const shown = () => page.$$eval("#miners tbody tr:not([hidden]) td:nth-child(2)", (all) => all.map((cell) => cell.textContent ?? ""));
      expect(await shown()).toHaveLength(64);
      await page.fill("#miners input[type=search]", "MINER-01");
      expect((await shown()).every((name) => name.includes("miner-01"))).toBe(true);
      expect(await shown()).toHaveLength(10);
      await page.fill("#miners input[type=search]", "");
      const column = (head: string) => page.locator("#miners th button", { hasText: new RegExp(`^${head}$`) });
      await column("stake").click();
      const place = await page.$$eval("#miners th", (all) => all.findIndex((head) => head.textContent === "stake") + 1);
      const stakes = () =>
        page.$$eval(`#miners tbody td:nth-child(${place})`, (all) =>
          all.map((cell) => Number((cell.textContent ?? "").replaceAll(",", ""))),
        );
      const descending = await stakes();
      expect(descending).toEqual([...descending].sort((a, b) => b - a));
      await column("stake").click();
      expect(await stakes()).toEqual([...descending].reverse());
      expect(await page.locator("#miners th[aria-sort=ascending]").count()).toBe(1);
    });
  });

  it("a miner has a page of its own, which is left by going back", async () => {
    await onPage("demo", {}, async (page) => {
      await page.click("#row-5 a");
      await page.waitForSelector("#miner-page[data-shown='5']");
      expect(await page.textContent("#miner-page h2")).toBe(await page.getAttribute("#row-5 a", "title"));
      expect(await page.locator("#miner-page figure").count()).toBe(6);
      for (const pixels of await inkOf(page)) expect(pixels).toBeGreaterThan(300);
      expect(await page.locator("#miner-page rect").count()).toBeGreaterThan(20);
      expect(await page.isVisible("#findings")).toBe(false);
      // Of the whole run nothing is left.
      for (const gone of ["header", "nav", ".headline", "footer"]) expect(await page.isVisible(gone), gone).toBe(false);
      // What it was paid stands in the table as it does here.
      const paid = await page.$$eval(
        "#miner-page .facts div",
        (all) => all.find((line) => line.querySelector("dt")?.textContent === "paid, alpha")?.querySelector("dd")?.textContent,
      );
      expect(await page.textContent("#row-5")).toContain(paid);
      await page.click("text=All miners");
      await page.waitForSelector("#findings", { state: "visible" });
      expect(await page.isVisible("#miner-page")).toBe(false);
    });
    await onPage("demo", {}, async (page) => void (await page.waitForSelector("#miner-page[data-shown='7']")), "#miner-7");
    await onPage("demo", {}, async (page) => expect(await page.isVisible("#findings")).toBe(true), "#miner-999");
  });

  it.each([5, 20])("every %ith epoch recorded: the course of a miner is drawn through them", async (every) => {
    await onPage(
      `every-${every}`,
      {},
      async (page) => {
        await page.waitForSelector("#miner-page[data-shown='3']");
        expect(await page.textContent("#miner-page > p")).toContain(`each epoch that was recorded (every ${every}th`);
        const lines = await colouredIn(page);
        expect(lines.length).toBe(4);
        for (const pixels of lines) expect(pixels).toBeGreaterThan(200);
      },
      "#miner-3",
    );
  });

  it("names that are HTML are text, in the report and on a miner's page", async () => {
    await onPage("hostile", {}, async (page) => {
      expect(await page.textContent("header")).toContain(HOSTILE.slice(0, 4).join(" "));
      for (const [uid, key] of HOSTILE.entries()) {
        const id = await page.$$eval(
          "#miners tbody tr",
          (all, wanted) => all.find((row) => row.children[2]?.textContent === wanted)?.id,
          String(uid),
        );
        await page.evaluate(`location.assign("#miner-${id?.slice(4)}")`);
        await page.waitForSelector(`#miner-page[data-shown='${id?.slice(4)}']`);
        const name = key.replace("\u202e", "\\u{202e}").replace("\u0007", "\\x07");
        expect(await page.textContent("#miner-page h2")).toBe(name);
        expect(await page.locator("img, #miner-page script").count()).toBe(0);
      }
      expect(await page.title()).toBe("hostile - Tenure");
    });
  });

  it("light and dark follow the reader, also in what is drawn already", async () => {
    await onPage("index", { colorScheme: "dark" }, async (page) => {
      const paper = () => page.evaluate<string>(PAPER);
      const drawing = () => page.evaluate<string>(DRAWING);
      const dark = { paper: await paper(), drawing: await drawing() };
      await page.emulateMedia({ colorScheme: "light" });
      await expect.poll(drawing, { timeout: 60_000 }).not.toBe(dark.drawing);
      expect(await paper()).toBe("rgb(255, 255, 255)");
      expect(dark.paper).not.toBe("rgb(255, 255, 255)");
    });
  });

  it("on paper every chart is drawn, and what only a screen can do is gone", async () => {
    await onPage("index", { colorScheme: "dark" }, async (page) => {
      await page.emulateMedia({ media: "print" });
      expect(await page.isVisible("#nav > .long-series > svg, figure#nav svg")).toBe(true);
      for (const gone of ["nav", "#nav canvas", "input[type=search]"]) expect(await page.isVisible(gone), gone).toBe(false);
      expect(await page.evaluate<string>(PAPER)).toBe("rgb(255, 255, 255)");
      // A PDF with all of it.
      expect((await page.pdf()).length).toBeGreaterThan(20_000);
    });
  });

  it.each(["demo", "index", "hostile"])("%s: nothing is wider than the paper", async (name) => {
    await onPage(name, { viewport: { width: 703, height: 1000 } }, async (page) => {
      await page.emulateMedia({ media: "print" });
      expect(await widthOf(page)).toBe(703);
      // Letters of a drawing are not larger than those of the text.
      const scales = await page.$$eval("svg.plot", (all) =>
        all.map((one) => (13 * one.getBoundingClientRect().width) / Number(one.getAttribute("viewBox")?.split(" ")[2])),
      );
      expect(Math.max(...scales)).toBeLessThanOrEqual(14);
    });
  });

  it.each(["demo", "index", "hostile"])("%s: a phone of 360 pixels scrolls in one direction", async (name) => {
    await onPage(name, { viewport: { width: 360, height: 700 }, isMobile: true, hasTouch: true }, async (page) => {
      expect(await widthOf(page)).toBe(360);
      await page.evaluate('location.assign("#miner-0")');
      await page.waitForSelector("#miner-page[data-shown='0']");
      expect(await widthOf(page)).toBe(360);
    });
  });

  it("a wide table says on a phone that it goes on, and no more where it has room", async () => {
    await onPage("demo", { viewport: { width: 360, height: 700 } }, async (page) => {
      expect(await page.textContent("#miners .scroll-hint")).toContain("scroll sideways");
      await page.setViewportSize({ width: 1600, height: 900 });
      await page.waitForSelector("#miners .scroll-hint", { state: "detached" });
      await page.setViewportSize({ width: 360, height: 700 });
      expect(await page.waitForSelector("#miners .scroll-hint")).not.toBeNull();
    });
  });

  it("a wide table fades where it goes on, and its caption stays", async () => {
    await onPage("demo", { viewport: { width: 360, height: 700 }, colorScheme: "dark" }, async (page) => {
      const edges = () => page.$eval("#miners .scroll", (one) => [...one.classList].filter((name) => name.startsWith("more-")).sort());
      const captionAt = () =>
        page.$eval("#miners caption span", (one) => {
          const { left, right } = one.getBoundingClientRect();
          return [left >= 0, right <= 360];
        });
      const scrollTo = (left: number) => page.$eval("#miners .scroll", (one, to) => void one.scrollTo(to, 0), left);
      expect(await edges()).toEqual(["more-right"]);
      expect(await captionAt()).toEqual([true, true]);
      await scrollTo(50);
      await expect.poll(edges).toEqual(["more-left", "more-right"]);
      await scrollTo(10_000);
      await expect.poll(edges).toEqual(["more-left"]);
      expect(await captionAt()).toEqual([true, true]);
      expect(await page.evaluate<string>("getComputedStyle(document.querySelector('#miners .scroll')).maskImage")).toContain(
        "linear-gradient",
      );
    });
  });

  it("a miner who was paid nothing and held nothing is said so, without empty charts", async () => {
    const idle =
      "[...document.querySelectorAll('#miners tbody tr')].find((row) => row.lastElementChild.textContent === '0.0000' && row.textContent.includes('small'))?.id";
    await onPage("idle", {}, async (page) => {
      const id = await page.evaluate<string | undefined>(idle);
      expect(id).toBeDefined();
      await page.evaluate(`location.assign("#miner-${id?.slice(4)}")`);
      await page.waitForSelector("#miner-page[data-shown]");
      expect(await page.textContent("#miner-page > p")).toBe(
        "In this run it was paid nothing and held nothing at the epochs that are shown.",
      );
      expect(await page.$$eval("#miner-page h3", (all) => all.map((one) => one.textContent))).toEqual([
        "Would-be multiplier",
        "Why it is paid what it is",
      ]);
    });
  });

  it("without scripts all but the pages of miners is there", async () => {
    await onPage("index", { javaScriptEnabled: false }, async (page) => {
      expect(await page.isVisible("figure#nav svg")).toBe(true);
      expect(await page.locator("#miners tbody tr").count()).toBe(20);
    });
  });

  it.each([
    ["demo", "light", ""],
    ["demo", "dark", "#miner-3"],
    ["index", "dark", ""],
  ] as const)("%s, %s%s: nothing serious stands in the way of those who see or move otherwise", async (name, colorScheme, hash) => {
    // The policy of the page lets no other script in: axe comes through the protocol of the browser.
    await onPage(
      name,
      { colorScheme, bypassCSP: true },
      async (page) => {
        if (hash !== "") await page.waitForSelector("#miner-page[data-shown]");
        await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
        const { violations, passes } = (await page.evaluate("axe.run()")) as AxeResults;
        expect(passes.length).toBeGreaterThan(15);
        const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      },
      hash,
    );
  });
});
