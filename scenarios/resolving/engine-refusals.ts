import { type Refusal, TenureError } from "../../engine/index.js";

/** A refusal of the engine with its place as a path of the scenario. */
export interface EngineRefusal {
  readonly path: readonly (string | number)[];
  readonly refusal: Omit<Refusal, "place">;
}

/**
 * What checks of the engine refuse of a section of a scenario.
 * @param pathOf where a dotted path of the engine stands in the scenario
 * @param section as it is stated
 */
export function engineRefusals(
  checks: readonly (() => void)[],
  pathOf: (dotted: string | undefined) => (string | number)[],
  section: unknown,
): EngineRefusal[] {
  return checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (!(error instanceof TenureError)) throw error;
      const { code, what, place, found: engineFound, allowed, hint } = error;
      const path = pathOf(place?.path);
      const stated = valueAt(section, path.slice(1));
      // The engine shows rao and milliseconds, the scenario what it says itself.
      const found = typeof stated === "number" || typeof stated === "string" ? stated : engineFound;
      return [
        {
          path,
          refusal: {
            code,
            what: place?.path === undefined ? what : what.replace(place.path, path.join(".")),
            ...(found === undefined ? {} : { found }),
            ...(allowed === undefined ? {} : { allowed }),
            ...(hint === undefined ? {} : { hint }),
          },
        },
      ];
    }
  });
}

/** Steps of a dotted path: `a.b[2].c` and `a.b.2.c` are the same. */
export function stepsOf(dotted: string): (string | number)[] {
  return dotted
    .replace(/\[(\d+)\]/g, ".$1")
    .split(".")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, step) ? (at as Record<string | number, unknown>)[step] : undefined,
    value,
  );
}
