import CliTable from "cli-table3";
import type { BenchReport } from "./bench-report.js";
import type { Samples } from "./samples.js";

type Row = [part: string, what: string, median: string, range: string];

/** The report as a table: medians, and the smallest and largest of all runs. */
export function reportText(report: BenchReport): string {
  const table = new CliTable({
    head: ["part", "what", "median", "all runs"],
    colAligns: ["left", "left", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  table.push(
    ...kernelRows(report),
    ...runRows(report),
    ...indexRows(report),
    ...stageRows(report),
    ...yumaRows(report),
    ...closedLoopRows(report),
    ...tuneOpenLoopRows(report),
    ...tuneClosedLoopRows(report),
    ...importRows(report),
    ...recordRows(report),
    ...eventRows(report),
  );
  const { cpu, cores, memory_gib, platform, node } = report.machine;
  const machine = `${cpu}, ${cores} cores, ${memory_gib} GiB, ${platform}, Node ${node}, tenure ${report.tenure}`;
  const quick = report.quick ? "\nQuick: fewer and smaller runs, not to be compared with others." : "";
  return `${table.toString()}\n${machine}${quick}\n`;
}

function kernelRows({ kernel }: BenchReport): Row[] {
  if (kernel === undefined) return [];
  const { engine, c, ratio_to_c, events } = kernel;
  const part = `kernel (${millions(events)} M events)`;
  const rows: Row[] = [
    [part, "engine, M events/s", millions(engine.events_per_second), ""],
    ["", "engine, CPU ms", ...spread(engine.cpu_ms)],
    ["", "engine, wall ms", ...spread(engine.wall_ms)],
  ];
  if ("missing" in c) return [...rows, ["", "C", c.missing, ""]];
  return [
    ...rows,
    ["", `C (${c.flags}), M events/s`, millions(c.events_per_second), ""],
    ["", "C, CPU ms", ...spread(c.cpu_ms)],
    ["", "C, wall ms", ...spread(c.wall_ms)],
    ["", "engine / C", String(ratio_to_c), ""],
  ];
}

function runRows({ run }: BenchReport): Row[] {
  if (run === undefined) return [];
  const { scenario, arrow_and_duckdb: both, arrow_only: arrow } = run;
  return [
    [`tenure run ${scenario}`, "Arrow and DuckDB, s", ...spread(both.wall_seconds)],
    ["", "Arrow and DuckDB, peak MiB", ...spread(both.peak_mib)],
    ["", "--no-duckdb, s", ...spread(arrow.wall_seconds)],
    ["", "--no-duckdb, peak MiB", ...spread(arrow.peak_mib)],
  ];
}

function indexRows({ index }: BenchReport): Row[] {
  if (index === undefined) return [];
  return [
    [`index, ${index.days} days`, `${millions(index.price_observations)} M prices to Arrow and DuckDB, s`, ...spread(index.wall_seconds)],
    ["", "peak MiB", ...spread(index.peak_mib)],
  ];
}

function stageRows({ stages }: BenchReport): Row[] {
  if (stages === undefined) return [];
  const { scenario, vesting, list, ratio, overhead } = stages;
  return [
    [`stages, ${scenario}`, "redistribute by vesting, s", ...spread(vesting)],
    ["", "by curve, multiplier and residual, s", ...spread(list)],
    ["", "list / vesting", String(ratio), ""],
    ...overhead.flatMap(({ stage, formula_ns, more_ns }): Row[] => [
      [`stage ${stage}`, "its formula, ns a miner", ...spread(formula_ns)],
      ["", "more in a list, ns a miner", ...spread(more_ns)],
    ]),
  ];
}

function yumaRows({ yuma }: BenchReport): Row[] {
  if (yuma === undefined) return [];
  const part = `yuma, ${yuma.validators} x ${yuma.miners}`;
  return Object.entries(yuma.epoch_ms).map(([version, ms], i): Row => [i === 0 ? part : "", `${version}, CPU ms an epoch`, ...spread(ms)]);
}

function closedLoopRows({ closed_loop }: BenchReport): Row[] {
  if (closed_loop === undefined) return [];
  const { scenario, decisions, replicate_seconds, decisions_per_second, profile, crowd, jobs } = closed_loop;
  return [
    [`closed loop, ${scenario}`, "a replicate after start, CPU s", ...spread(replicate_seconds)],
    ["", `decisions alone, of ${millions(decisions)} M, a second`, ...spread(decisions_per_second)],
    ...profile.map((line): Row => ["", line.function, `${(line.share * 100).toFixed(1)} %`, ""]),
    [`${crowd.agents} agents`, "CPU s", ...spread(crowd.cpu_seconds)],
    ["", "CPU a decision, over that of a tenth of them", String(crowd.per_decision_to_smaller), ""],
    [`two jobs on ${jobs.cores} cores`, "one job, s", ...spread(jobs.one_seconds)],
    ["", "two jobs, s", ...spread(jobs.two_seconds)],
    ["", "one / two", String(jobs.ratio), ""],
  ];
}

function tuneOpenLoopRows({ tune_open_loop }: BenchReport): Row[] {
  if (tune_open_loop === undefined) return [];
  const { scenario, rows, record_cpu_seconds, pot_moved_and_multiplier_paid: some, gini_after: ginis, general } = tune_open_loop;
  return [
    [`trials from a tape, ${scenario}`, `the replay, ${millions(rows)} M rows, CPU s`, ...spread(record_cpu_seconds)],
    ["", `${some.trials} trials, pot_moved and multiplier_paid, CPU s`, ...spread(some.cpu_seconds)],
    ["", `${ginis.trials} trials, gini_after, CPU s`, ...spread(ginis.cpu_seconds)],
    ...general.map(({ rule, cpu_ms }): Row => ["", `a trial of ${rule}, CPU ms`, ...spread(cpu_ms)]),
  ];
}

function tuneClosedLoopRows({ tune_closed_loop }: BenchReport): Row[] {
  if (tune_closed_loop === undefined) return [];
  const { scenario, days, trials, cores, one_seconds, two_seconds, one_trials_per_second, two_trials_per_second } = tune_closed_loop;
  return [
    [`tune ${scenario}, ${days} days`, `${trials} trials, one job, s`, ...spread(one_seconds)],
    ["", "trials a second", String(one_trials_per_second), ""],
    [`two jobs on ${cores} cores`, "s", ...spread(two_seconds)],
    ["", "trials a second", String(two_trials_per_second), ""],
  ];
}

function importRows({ import: imported }: BenchReport): Row[] {
  if (imported === undefined) return [];
  const part = `import tao20 (${imported.megabytes} MB)`;
  return [
    [part, "MB/s", String(imported.megabytes_per_second), ""],
    ["", `${imported.days} days of prices, s`, ...spread(imported.wall_seconds)],
    ["", "peak MiB", ...spread(imported.peak_mib)],
  ];
}

function recordRows({ record }: BenchReport): Row[] {
  if (record === undefined) return [];
  const { short, long, in_flight, blocks_per_second, peak_ratio } = record;
  return [
    [`record, ${in_flight} in flight`, "blocks/s", String(blocks_per_second), ""],
    ["", `${short.blocks} blocks, s`, ...spread(short.wall_seconds)],
    ["", "peak MiB", ...spread(short.peak_mib)],
    ["", `${long.blocks} blocks, s`, ...spread(long.wall_seconds)],
    ["", "peak MiB", ...spread(long.peak_mib)],
    ["", "peak, longer / shorter", String(peak_ratio), ""],
  ];
}

function eventRows({ events }: BenchReport): Row[] {
  if (events === undefined) return [];
  return events.runtimes.flatMap((runtime): Row[] => [
    [`events, spec ${runtime.spec}${runtime.is_real ? "" : " (test)"}`, "own readers, us an event", ...spread(runtime.own_us_per_event)],
    ["", "polkadot.js, us an event", ...spread(runtime.library_us_per_event)],
    ["", "polkadot.js / own", String(runtime.events_ratio), ""],
    ["", "own keys, us a key", ...spread(runtime.own_us_per_key)],
    ["", "polkadot.js, us a key", ...spread(runtime.library_us_per_key)],
    ["", "polkadot.js / own", String(runtime.keys_ratio), ""],
  ]);
}

function spread({ median, all }: Samples): [median: string, range: string] {
  return [String(median), all.length > 1 ? `${Math.min(...all)} to ${Math.max(...all)}` : ""];
}

function millions(count: number): string {
  return (count / 1e6).toFixed(2);
}
