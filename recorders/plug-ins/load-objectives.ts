import { resolve } from "node:path";
import { faultWords, type Place, type ResultTableName, TenureError } from "../../engine/index.js";
import { ScenarioErrors, statedParameters } from "../../scenarios/index.js";
import type { GatheredColumn, GatheredTable } from "../results/gathered-tables.js";
import { atOnce } from "./at-once.js";
import { bundleRule, type RuleBundle } from "./bundle-rule.js";
import { evaluateRule } from "./evaluate-rule.js";
import type { CopiedColumn } from "./objectives-in-own-world.js";
import { placed } from "./placed-refusal.js";
import { readObjective } from "./read-objective.js";

/** An objective of a file, as somebody names it. */
export interface ObjectiveUse {
  /** What it is called; left out: by the name that the file declares. */
  readonly name?: string | undefined;
  /** The file, as it is named. */
  readonly use: string;
  /** What is stated for its parameters. */
  readonly with?: Readonly<Record<string, unknown>> | undefined;
  /** Where it is named; its path is that of the section that has `use` and `with`. */
  readonly place: Place;
}

/** An objective of a file that was read: plain data, so that any thread can ask it. */
export interface ObjectiveModule {
  readonly name: string;
  /** The file, as it is named. */
  readonly file: string;
  readonly meaning: string;
  readonly better: "min" | "max";
  /** Result tables that it reads. */
  readonly tables: readonly ResultTableName[];
  /** Its parameters by their names in code, defaults filled in. */
  readonly values: ReturnType<typeof statedParameters>;
  /** All that is executed of it; its SHA-256 says which objective it is. */
  readonly bundle: RuleBundle;
}

/**
 * Reads objectives from files of a user's own, executes what declares them and checks what is stated for their parameters.
 * @param folder where relative paths start
 * @throws TenureError `TEN-PLUGIN-001` to `-009`, `-013`; ScenarioErrors of what stands under `with`
 */
export async function loadObjectives(uses: readonly ObjectiveUse[], folder: string): Promise<readonly ObjectiveModule[]> {
  const modules: ObjectiveModule[] = [];
  for (const use of uses) {
    const bundle = await placed(use.place, () => bundleRule(resolve(folder, use.use), use.use));
    const declared = atOnce(use.use, () => readObjective(evaluateRule(bundle, use.use), use.use));
    const { name, meaning, better, tables } = declared;
    const values = placedBelow(use.place, () => statedParameters(declared, use.use, use.with ?? {}));
    modules.push({ name: use.name ?? name, file: use.use, meaning, better, tables, values, bundle });
  }
  return modules;
}

/**
 * Asks an objective of a file of a run. The file is executed anew in a world of its own, so that it knows of no other run.
 * @param tables of the run by name, with those that it reads
 * @throws TenureError `TEN-PLUGIN-011` it threw, `-018` no finite number; those of the file, as above
 */
export function measureObjective(
  { name, file, bundle, values, tables: read }: ObjectiveModule,
  figures: Readonly<Record<string, number>>,
  tables: Readonly<Record<string, GatheredTable>>,
): number {
  const { measure } = readObjective(evaluateRule(bundle, file), file);
  const shown = Object.fromEntries(
    read.map((table) => [table, Object.fromEntries(Object.entries(tables[table] ?? {}).map(([column, kept]) => [column, copied(kept)]))]),
  );
  let found: unknown;
  try {
    found = measure(values, figures, shown);
  } catch (error) {
    throw threw(name, file, error);
  }
  if (typeof found === "number" && Number.isFinite(found)) return found === 0 ? 0 : found;
  throw noNumber(name, file, found);
}

function copied(values: GatheredColumn): CopiedColumn {
  const kind = Array.isArray(values) ? "Array" : (values.constructor.name as "Float64Array" | "Int32Array" | "Uint8Array");
  return { kind, values };
}

/** What is stated under `with` is refused where the objective is named. */
function placedBelow<Answer>(place: Place, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof ScenarioErrors)) throw error;
    throw new ScenarioErrors(
      error.errors.map(({ code, what, place: inner, found, allowed, hint }) => {
        const path = [place.path, inner?.path].filter((part) => part !== undefined).join(".");
        const rest = { ...(found === undefined ? {} : { found }), ...(allowed === undefined ? {} : { allowed }) };
        return new TenureError({ code, what, place: { ...place, path }, ...rest, ...(hint === undefined ? {} : { hint }) });
      }),
    );
  }
}

function threw(name: string, file: string, error: unknown): TenureError {
  const found = faultWords(error);
  return new TenureError({
    code: "TEN-PLUGIN-011",
    what: `The objective ${name} threw an error where it was asked for its measure of a run.`,
    place: { file },
    found,
    allowed: "a measure that answers whatever the run",
    hint: found.includes("is not there for a rule")
      ? "docs/how-to/write-a-rule.md says what a file is given, and what not."
      : "Mind tables without rows.",
  });
}

function noNumber(name: string, file: string, found: unknown): TenureError {
  const isPlain = typeof found === "number" || typeof found === "string" || typeof found === "boolean";
  return new TenureError({
    code: "TEN-PLUGIN-018",
    what: `The objective ${name} gave no finite number for a run.`,
    place: { file },
    found: isPlain ? found : found == null ? "nothing" : `a value of the type ${typeof found}`,
    allowed: "a finite number",
    hint: "Mind divisions by 0, figures that the run does not have and tables without rows.",
  });
}
