import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StreamKind } from "../../../engine/index.js";
import { importTable, runToSummary } from "../../../recorders/index.js";
import { type GuardOptions, type GuardReport, guardRun, parseTolerance } from "../../../reports/index.js";
import { parseScenario, type Scenario } from "../../../scenarios/index.js";

export type Settings = Readonly<Record<string, unknown>>;

/** A made-up subnet of six miners over two days: 40 epochs. */
export const MADE: Settings = {
  name: "made",
  seed: 3,
  time: { start: "2025-01-01T00:00:00Z", days: 2 },
  subnet: { netuid: 7, tempo: 360, capacity: 16 },
  streams: [
    {
      synthetic: "subnet",
      miners: 6,
      coldkeys: 3,
      adds_per_day: 3,
      removes_per_day: 3,
      remove_size_alpha: { from: 0.1, to: 200 },
      sweep_every_days: { from: 0.5, to: 3 },
    },
  ],
  emission: "redistribute",
};

/** A row of a table by its columns. */
export type Row = Readonly<Record<string, number>>;

/** A folder with a baseline of its own, and how to guard scenarios against it. */
export class GuardedFolder {
  private constructor(readonly path: string) {}

  static async make(): Promise<GuardedFolder> {
    return new GuardedFolder(await mkdtemp(join(tmpdir(), "tenure-guarded-")));
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }

  /** Where the baseline of a scenario lies. */
  baseline(name: string): string {
    return join(this.path, "baselines", name);
  }

  /** Records rows of streams of addresses of any kind, each with the names of its columns first. @param into folder of the recordings */
  async record(streams: Partial<Record<StreamKind, readonly (readonly string[])[]>>, into = ""): Promise<void> {
    for (const [kind, rows] of Object.entries(streams) as [StreamKind, readonly (readonly string[])[]][]) {
      const file = join(this.path, `${kind}.csv`);
      await writeFile(file, `${rows.map((row) => row.join(",")).join("\n")}\n`);
      await importTable(file, { kind, map: {}, addresses: "any", out: join(this.path, into, kind) });
    }
  }

  scenario(settings: Settings): Scenario {
    return parseScenario(JSON.stringify(settings), join(this.path, `${String(settings.name)}.yaml`));
  }

  run(settings: Settings, options: Partial<GuardOptions> = {}): Promise<GuardReport> {
    const tolerance = parseTolerance(options.toleranceText ?? "0");
    if (tolerance === null) throw new Error("no tolerance");
    return guardRun(this.scenario(settings), {
      given: "made.yaml",
      sets: [],
      toleranceText: "0",
      expectations: [],
      by: "somebody",
      at: "2026-01-01T00:00:00.000Z",
      isCi: false,
      ...options,
      tolerance,
    });
  }

  update(settings: Settings, options: Partial<GuardOptions> = {}): Promise<GuardReport> {
    return this.run(settings, { ...options, update: true });
  }

  /** The rules changed by one constant: what was approved, and what is run. */
  async planted(name: string, before: Settings, after: Settings): Promise<GuardReport> {
    await this.update({ ...before, name });
    return this.run({ ...after, name });
  }

  /** Every row of a table of a run, and the hotkeys of positions; knows nothing of guards. */
  async rowsIn(settings: Settings, wanted: string): Promise<{ readonly rows: readonly Row[]; readonly hotkeys: readonly string[] }> {
    const rows: Row[] = [];
    const hotkeys: string[] = [];
    const every = wanted === "stage_weights" ? { stage_weights: "every" } : {};
    await runToSummary(this.scenario({ ...settings, record: { tables: [wanted], ...every } }), {
      sink: {
        append: (table, { rows: count, columns, declaration }) => {
          if (table !== "positions" && table !== wanted) return;
          for (let row = 0; row < count; row++) {
            const of = (name: string) => columns[declaration.columns.findIndex((one) => one.name === name)][row];
            if (table === "positions") hotkeys[Number(of("position"))] = String(of("hotkey"));
            else rows.push(Object.fromEntries(declaration.columns.map(({ name }) => [name, Number(of(name))])));
          }
        },
      },
    });
    return { rows, hotkeys };
  }
}

/** Rows of a table by whom they are of and the epoch, in two runs; `of` says what of a row is compared. */
export async function differingIn(
  folder: GuardedFolder,
  { before, after }: { readonly before: Settings; readonly after: Settings },
  { table, who, of }: { readonly table: string; readonly who: string; readonly of: (row: Row) => number | string | null },
): Promise<readonly number[]> {
  const valuesOf = async (settings: Settings) => {
    const values = new Map<number, string[]>();
    for (const row of (await folder.rowsIn(settings, table)).rows) {
      const value = of(row);
      if (row[who] >= 0 && value !== null) values.set(row[who], [...(values.get(row[who]) ?? []), `${row.epoch} ${value}`]);
    }
    return values;
  };
  const [then, now] = [await valuesOf(before), await valuesOf(after)];
  return [...new Set([...then.keys(), ...now.keys()])].filter((one) => then.get(one)?.join() !== now.get(one)?.join());
}

/** The hotkeys of each cause of a report; of where pay goes that nobody gets in brackets. */
export function byCause({ groups }: GuardReport): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    groups.map(({ cause, lines }) => [cause, lines.map(({ kind, hotkey }) => (kind === "rest" ? `(${hotkey})` : hotkey)).sort()]),
  );
}
