import { formatFound, TenureError } from "../../engine/index.js";
import type { OpenStudy } from "../folder/open-study.js";
import type { StudyManifest } from "../folder/study-manifest.js";
import { type ReplicateRange, rangeText, replicatesOf } from "./replicate-range.js";

/** Of a long list so much is told. */
const MOST_TOLD = 10;

/**
 * Which replicates of which part make a whole: every one from the first that was asked for to the last, each once.
 * @param parts at least one
 * @throws TenureError `TEN-STUDY-012` parts of different studies, `-013` a replicate in two parts, `-014` one in none
 */
export function joinParts(parts: readonly OpenStudy[]): { readonly asked: ReplicateRange; readonly from: ReadonlyMap<number, OpenStudy> } {
  const [first, ...others] = parts;
  for (const other of others) refuseOther(first, other);
  const from = new Map<number, OpenStudy>();
  for (const part of parts) {
    for (const { replicate } of part.manifest.replicates) {
      const earlier = from.get(replicate);
      if (earlier !== undefined) throw doubled(replicate, earlier, part);
      from.set(replicate, part);
    }
  }
  const asked = {
    from: Math.min(...parts.map(({ manifest }) => manifest.asked.from)),
    to: Math.max(...parts.map(({ manifest }) => manifest.asked.to)),
  };
  // Without random numbers one was run for all.
  const wanted = first.manifest.random.length === 0 ? [asked.from] : replicatesOf(asked, null);
  const missing = wanted.filter((replicate) => !from.has(replicate));
  if (missing.length > 0) throw incomplete(missing, asked, parts);
  return { asked, from: new Map([...from].sort(([a], [b]) => a - b)) };
}

function refuseOther(first: OpenStudy, other: OpenStudy): void {
  const found = differences(first.manifest, other.manifest);
  if (found.length === 0) return;
  throw new TenureError({
    code: "TEN-STUDY-012",
    what: `These are not parts of one study: they differ in ${found.map(({ part }) => part).join(", ")}.`,
    place: { file: other.dir },
    found: found.map(({ part, values: [, own] }) => `${part} ${own}`).join("; "),
    allowed: `as in ${first.dir}: ${found.map(({ part, values: [expected] }) => `${part} ${expected}`).join("; ")}`,
    hint: "Run every part with the same scenario, --set, --seed, inputs and version of Tenure.",
  });
}

interface Difference {
  readonly part: string;
  /** Of the first study and of the other, in words. */
  readonly values: readonly [string, string];
}

function differences(a: StudyManifest, b: StudyManifest): Difference[] {
  const found: Difference[] = [];
  const compare = (part: string, ...values: readonly [unknown, unknown]) => {
    const [one, other] = values.map((value) => JSON.stringify(value));
    if (one !== other) found.push({ part, values: [formatFound(values[0]), formatFound(values[1])] });
  };
  const { seed: _a, ...resolvedA } = a.scenario.resolved;
  const { seed: _b, ...resolvedB } = b.scenario.resolved;
  for (const key of new Set([...Object.keys(resolvedA), ...Object.keys(resolvedB)])) {
    compare(key === "name" ? "scenario" : `scenario.${key}`, resolvedA[key], resolvedB[key]);
  }
  compare("seed", a.seed, b.seed);
  const checksums = ({ inputs }: StudyManifest) => inputs.map(({ stream, sha256 }) => [stream, sha256]);
  compare("inputs", checksums(a), checksums(b));
  compare("version", a.tool.version, b.tool.version);
  compare("libraries", a.libraries, b.libraries);
  compare("code", a.code, b.code);
  // Nothing that could differ is left out.
  if (found.length === 0) compare("identity", a.identity, b.identity);
  return found;
}

function doubled(replicate: number, earlier: OpenStudy, part: OpenStudy): TenureError {
  return new TenureError({
    code: "TEN-STUDY-013",
    what: "Two parts hold the same replicate.",
    place: { file: part.dir },
    found: `replicate ${replicate}, which ${earlier.dir} holds, too`,
    allowed: "each replicate in one part",
    hint: "Leave one of the two folders out.",
  });
}

function incomplete(missing: readonly number[], asked: ReplicateRange, parts: readonly OpenStudy[]): TenureError {
  const told = missing.slice(0, MOST_TOLD).join(", ");
  const more = missing.length > MOST_TOLD ? `, and ${missing.length - MOST_TOLD} more` : "";
  const count = parts.find(({ manifest }) => manifest.shard !== null)?.manifest.shard?.count;
  const there = new Set(parts.flatMap(({ manifest }) => (manifest.shard?.count === count ? (manifest.shard?.index ?? []) : [])));
  const absent = Array.from({ length: count ?? 0 }, (_, at) => at + 1).filter((index) => !there.has(index));
  const shards =
    absent.length === 0
      ? ""
      : ` Missing: --shard ${absent
          .slice(0, MOST_TOLD)
          .map((index) => `${index}/${count}`)
          .join(", ")}.`;
  return new TenureError({
    code: "TEN-STUDY-014",
    what: "Replicates that were asked for are in none of the parts.",
    place: { file: parts[0].dir },
    found: `no replicate ${told}${more}`,
    allowed: `every replicate of ${rangeText(asked)}`,
    hint: `Give the folders of all parts; run those that were not run.${shards}`,
  });
}
