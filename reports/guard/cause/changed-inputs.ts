import type { CheckedInputs } from "../../../recorders/index.js";
import type { BaselineInput } from "../baseline/baseline.js";

/** The files that a run reads, as a baseline names them. */
export function inputsOf({ files, rules }: Pick<CheckedInputs, "files" | "rules">): readonly BaselineInput[] {
  return [
    ...files.flatMap(({ stream, file, sha256 }): BaselineInput[] =>
      file === undefined || sha256 === undefined ? [] : [{ stream, source: "recorded", file, sha256 }],
    ),
    ...rules.map(({ at, file, sha256 }): BaselineInput => ({ stream: at, source: "plug_in", file, sha256 })),
  ];
}

/** Files that a run reads now and that are not those of the baseline, or not there any more. */
export function changedInputs(before: readonly BaselineInput[], now: Pick<CheckedInputs, "files" | "rules">): readonly BaselineInput[] {
  const current = inputsOf(now);
  const keyOf = ({ stream, file }: BaselineInput) => JSON.stringify([stream, file]);
  const [was, is] = [before, current].map((inputs) => new Map(inputs.map((input) => [keyOf(input), input.sha256])));
  const changed = current.filter((input) => was.get(keyOf(input)) !== input.sha256);
  return [...changed, ...before.filter((input) => !is.has(keyOf(input)))];
}

/** The kind of stream that a recording is of: a recording of a scenario's stream `told` is called `told/scores`. */
export function recordedKind({ stream }: Pick<BaselineInput, "stream">): string {
  return stream.slice(stream.lastIndexOf("/") + 1);
}
