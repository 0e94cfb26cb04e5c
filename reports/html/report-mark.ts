import { Html } from "./html.js";

/** Near the beginning of every page, and of no other file: what begins so may be replaced by a newer page. */
export const REPORT_MARK = new Html('<meta name="generator" content="Tenure report">');

/** Does a file that begins so hold the page of a report? */
export function isReportPage(beginning: string): boolean {
  return beginning.startsWith("<!doctype html>") && beginning.includes(REPORT_MARK.text);
}
