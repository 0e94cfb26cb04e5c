import { drawBars } from "./bar-chart.js";
import { drawLines } from "./line-chart.js";
import { readData } from "./read-data.js";
import { hintAtScrolling } from "./scroll-hint.js";
import { unpackFloats } from "./unpack-floats.js";

type Exit = readonly [timeMs: number, amountRao: number, reason: string, tranches: number];
type Miner = readonly [position: number, hotkey: string, coldkey: string, exits: readonly Exit[]];

interface SubnetPages {
  readonly netuid: number;
  /** Does the multiplier change pay? */
  readonly applied: boolean;
  /** Where not every epoch was recorded: at which ends of epochs its course is shown. */
  readonly thinned: string | null;
  /** Commands for the rows behind each chart; their last 4294967295 is the position. */
  readonly queries: Readonly<Record<string, string>>;
  readonly miners: readonly Miner[];
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly spans: readonly number[];
  readonly series: { readonly arrays: readonly (readonly [string, number])[]; readonly data: string };
}

interface MinerData {
  /** The command that derives the pay of a miner, but for the miner. */
  readonly command: string;
  /** Of the run, seconds since 1970. */
  readonly period: readonly [number, number];
  readonly subnets: readonly SubnetPages[];
}

/** Shows the page of a miner where the address names one, and the report otherwise. */
export function followAddress(): void {
  if (document.getElementById("miner-page") === null) return;
  addEventListener("hashchange", () => void show());
  void show();
}

let read: MinerData | undefined;
const unpacked = new Map<SubnetPages, Promise<Map<string, Float32Array>>>();

/** Decoded when the first miner is asked for. */
function minerData(): MinerData {
  read ??= readData<MinerData>("miner-data");
  return read;
}

async function show(): Promise<void> {
  const page = document.getElementById("miner-page") as HTMLElement;
  const wanted = /^#miner-(\d+)$/.exec(location.hash)?.[1];
  const found = wanted === undefined ? undefined : find(Number(wanted));
  document.body.classList.toggle("shows-miner", found !== undefined);
  page.hidden = found === undefined;
  page.replaceChildren();
  delete page.dataset.shown;
  if (found === undefined) {
    // The part that the address names was hidden while a miner was shown.
    if (wanted === undefined && location.hash !== "") document.getElementById(location.hash.slice(1))?.scrollIntoView();
    return;
  }
  const { subnet, miner, slot } = found;
  page.append(...headOf(miner));
  if (!unpacked.has(subnet)) unpacked.set(subnet, unpackFloats(subnet.series));
  const arrays = (await unpacked.get(subnet)) ?? new Map<string, Float32Array>();
  // Another miner may have been asked for meanwhile.
  if (location.hash !== `#miner-${miner[0]}` || page.dataset.shown !== undefined) return;
  page.dataset.shown = String(miner[0]);
  drawCharts(page, subnet, slot, arrays, miner[0]);
  page.append(...exitsOf(miner), ...derivationOf(miner));
  hintAtScrolling();
  page.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function find(position: number): { readonly subnet: SubnetPages; readonly miner: Miner; readonly slot: number } | undefined {
  for (const subnet of minerData().subnets) {
    const slot = subnet.miners.findIndex(([id]) => id === position);
    if (slot >= 0) return { subnet, miner: subnet.miners[slot], slot };
  }
  return undefined;
}

function element(name: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== "") made.className = className;
  return made;
}

/** Columns of the table of miners that are in alpha; its caption says so there. */
const ALPHA_HEADS = new Set(["stake", "paid", "vs recorded", "vs base", "vesting"]);

/** Its keys, and what the table of miners says of it. */
function headOf([position, hotkey, coldkey]: Miner): HTMLElement[] {
  const back = document.createElement("a");
  back.href = "#miners";
  back.textContent = "All miners";
  const title = element("h2", hotkey);
  const facts = element("dl", "", "facts");
  const add = (name: string, value: string) => {
    const line = document.createElement("div");
    line.append(element("dt", name), element("dd", value));
    facts.append(line);
  };
  add("coldkey", coldkey);
  const row = document.getElementById(`row-${position}`) as HTMLTableRowElement | null;
  const heads = [...(row?.closest("table")?.querySelectorAll("th") ?? [])];
  heads.forEach((head, at) => {
    const name = head.textContent ?? "";
    if (name !== "hotkey" && name !== "coldkey")
      add(name === "#" ? "place by pay" : ALPHA_HEADS.has(name) ? `${name}, alpha` : name, row?.cells[at].textContent ?? "");
  });
  return [back, title, facts];
}

const COURSES = [
  { series: "multiplier", title: "Multiplier", unit: "a factor on its weight", colour: 1 },
  { series: "held_share", title: "Held share", unit: "what is left of what it was paid, 0 to 1", colour: 2 },
  { series: "held_days", title: "Held days", unit: "mean age of what it holds, days", colour: 3 },
  { series: "stake", title: "Stake", unit: "alpha, all tranches", colour: 4 },
] as const;

const TRANCHE_LAYERS = [
  { series: "held", name: "emission, held", colour: "var(--series-1)" },
  { series: "manual_held", name: "put in, held", colour: "var(--series-3)" },
  { series: "gone", name: "emission, left", colour: "var(--series-8)" },
  { series: "manual_gone", name: "put in, left", colour: "var(--series-7)" },
] as const;

const NEVER = [
  { series: "paid", words: "was paid nothing" },
  { series: "stake", words: "held nothing at the epochs that are shown" },
] as const;

const DAY_S = 86_400;

function drawCharts(
  page: HTMLElement,
  subnet: SubnetPages,
  slot: number,
  arrays: ReadonlyMap<string, Float32Array>,
  position: number,
): void {
  const { times, spans } = subnet;
  const { period } = minerData();
  const behind = (of: HTMLElement, name: string) => of.append(rowsBehind(subnet.queries[name] ?? "", position));
  const place = element("div", "", "figures");
  page.append(place);
  const valuesOf = (name: string, each: number) => [...(arrays.get(name)?.subarray(slot * each, (slot + 1) * each) ?? [])];
  for (const { series, title, unit, colour } of COURSES) {
    const values = valuesOf(series, times.length);
    // What is 0 all along is said below in words.
    if (!values.some((value) => Number.isFinite(value) && value !== 0)) continue;
    const isWouldBe = series === "multiplier" && !subnet.applied;
    const shown = isWouldBe ? "Would-be multiplier" : title;
    const own = figure(place, shown, isWouldBe ? "what the rule would answer; it changes nobody's pay" : unit);
    drawLines(own, times, [{ name: shown, colour: `var(--series-${colour})`, values }]);
    behind(own, series);
  }
  if (subnet.thinned !== null && place.childElementCount > 0)
    page.insertBefore(element("p", `Its course is shown at the end of ${subnet.thinned}.`), place);
  const paid = valuesOf("paid", times.length);
  if (paid.some((value) => value > 0)) {
    const step = times.length > 1 ? times[1] - times[0] : DAY_S;
    const layers = [{ name: "paid", colour: "var(--series-1)", values: paid }];
    const own = figure(
      place,
      "Pay over time",
      `alpha, ${subnet.thinned === null ? "" : "in the epochs that were recorded "}since the bar before`,
    );
    // The last sample may follow closer than the others do.
    drawBars(own, { starts: times.map((time, at) => times[at - 1] ?? time - step), ends: times }, layers, period);
    behind(own, "paid");
  }
  const layers = TRANCHE_LAYERS.map(({ series, name, colour }) => ({ name, colour, values: valuesOf(series, spans.length) })).filter(
    ({ values }) => values.some((value) => value > 0),
  );
  const never = NEVER.filter(({ series }) => arrays.has(series) && !valuesOf(series, times.length).some((value) => value > 0));
  if (never.length > 0) page.append(element("p", `In this run it ${never.map(({ words }) => words).join(" and ")}.`));
  if (layers.length === 0) {
    if (place.childElementCount === 0 && never.length === 0)
      page.append(element("p", "The run recorded no table of its course: holdings, weights, rewards or tranches."));
    return;
  }
  const step = spans.length > 1 ? spans[1] - spans[0] : DAY_S;
  const own = figure(place, "Tranches by when they came", "alpha: what is still held, and what has left", true);
  drawBars(own, { starts: spans, ends: spans.map((start) => start + step) }, layers, period);
  behind(own, "tranches");
}

/** As under each chart of the report. */
function rowsBehind(command: string, position: number): HTMLElement {
  const at = command.lastIndexOf("4294967295");
  const details = document.createElement("details");
  const code = element("pre", "");
  code.tabIndex = 0;
  code.append(element("code", `${command.slice(0, at)}${position}${command.slice(at + 10)}`));
  details.append(element("summary", "Rows behind it"), code);
  return details;
}

/** A place for a drawing, with its title and unit. */
function figure(place: HTMLElement, title: string, unit: string, wide = false): HTMLElement {
  const made = element("figure", "", wide ? "chart wide" : "chart");
  made.append(element("h3", title), element("p", unit, "unit"));
  place.append(made);
  return made;
}

const EXIT_HEADS = ["time (UTC)", "alpha", "why", "tranches it took from"];

function exitsOf([, , , exits]: Miner): HTMLElement[] {
  if (exits.length === 0) return [];
  const scroll = element("div", "", "scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Withdrawals");
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const name of EXIT_HEADS) head.append(element("th", name));
  const body = table.createTBody();
  for (const [timeMs, rao, reason, tranches] of exits) {
    const row = body.insertRow();
    const cells = [
      new Date(timeMs).toISOString().slice(0, 16).replace("T", " "),
      (rao / 1e9).toLocaleString("en-US", { minimumFractionDigits: 4, maximumFractionDigits: 4 }),
      reason,
      String(tranches),
    ];
    for (const cell of cells) row.insertCell().textContent = cell;
  }
  scroll.append(table);
  return [element("h3", exits.length === 1 ? "Its one withdrawal" : `Its ${exits.length} largest withdrawals`), scroll];
}

/** The command that derives its pay: its parts over the whole run, and each step of an epoch. */
function derivationOf([position]: Miner): HTMLElement[] {
  const command = element("pre", "");
  command.tabIndex = 0;
  command.append(element("code", `${minerData().command} ${position}`));
  return [element("h3", "Why it is paid what it is"), command];
}
