import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver } from "playwright-core";

/** Made for one page in one process, which closing a page would end, and for pages that may read anything. */
const UNWANTED = ["--single-process", "--disable-web-security", "--allow-running-insecure-content"];

/**
 * A headless browser, which comes with the packages.
 * @throws Error that says why where it cannot be started: a test of pages that saw none is no test
 */
export async function openBrowser(): Promise<Browser> {
  try {
    return await driver.launch({
      executablePath: await chromium.executablePath(),
      args: [...chromium.args.filter((one) => !UNWANTED.includes(one)), "--lang=en-US"],
      headless: true,
    });
  } catch (error) {
    throw new Error(`the browser of @sparticuz/chromium cannot be started on this machine: ${(error as Error).message}`);
  }
}
