import { errorCodes } from "./error-codes.js";

/** Where a code comes from. A new area needs a line here. */
export const AREAS: Readonly<Record<string, string>> = {
  SCENARIO: "The scenario file.",
  YUMA: "What validators set, and how base weights are made of it.",
  RULE: "The parameters of a rule, as the engine checks them.",
  PLUGIN: "Rules of your own files.",
  STREAM: "Recordings and their files.",
  CHAIN: "Recording a chain.",
  IMPORT: "The files an importer is given.",
  KERNEL: "The order of events.",
  LEDGER: "Amounts and withdrawals.",
  MARKET: "Prices, the index fund and the pool.",
  AGENT: "Participants of an index subnet.",
  REWARD: "Scores, tiers, pools and anti-gaming.",
  CONSENSUS: "Validators, consensus and slashing.",
  INDEX: "The index subnet as a whole.",
  LOOP: "Subnets whose miners decide for themselves.",
  CALIBRATE: "Calibration to a recording.",
  RUN: "A run as a whole.",
  RESULT: "The folder and the files of a run.",
  STUDY: "Many replicates of one scenario.",
  SAMPLER: "How a search chooses the values it tries.",
  TRUST: "How far a found value is to be trusted: validation and sensitivity.",
  REPORT: "What a reader asks of a run.",
  SQL: "Questions in SQL, and the tables they are about.",
  COMPARE: "What is compared, and with what.",
  GUARD: "Baselines of pay, and what is compared with them.",
  TUNE: "Trials of values, and what is wanted of them.",
  CLI: "The command line.",
};

const areaOf = (code: string) => code.split("-")[1] ?? "";
const escapeCell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** The reference of every error code, as Markdown. */
export function errorsPage(): string {
  const codes = errorCodes();
  const known = Object.keys(AREAS);
  const areas = [...new Set(codes.map(({ code }) => areaOf(code)))].sort((a, b) => known.indexOf(a) - known.indexOf(b));
  const sections = areas.map((area) => {
    const rows = codes
      .filter(({ code }) => areaOf(code) === area)
      .map(({ code, what }) => `| \`${code}\` | ${escapeCell(what.join(" / "))} |`);
    return [`## ${area}`, "", AREAS[area] ?? "", "", "| code | what it says |", "|---|---|", ...rows].join("\n");
  });
  return `${[
    "<!-- Made by `npm run docs:reference` from the sources. Do not edit. -->",
    "# Errors",
    "Every refusal has a code that never changes its meaning. It comes with the place, the value found, the values allowed and what to do about it. Bad input ends a command with exit code 2 and leaves nothing half-written; output that cannot be written ends it with 74.",
    'With `--json` an error is JSON on stderr: `{"error": {code, what, place, found, allowed, hint}, "errors": [...]}`, where `error` is the first of `errors`.',
    "`TEN-BUG` (exit code 70) is a bug in Tenure: please report it.",
    ...sections,
  ].join("\n\n")}\n`;
}
