import { ABSENT_STAGE, type StageConfiguration } from "../../../engine/index.js";
import { stageNames, stageRule } from "../terms/term-layout.js";

/** A place in two lists of stages. */
export interface StagesBeside {
  /** `ABSENT_STAGE`: that list has none there. */
  readonly before: StageConfiguration;
  readonly now: StageConfiguration;
  /** As causes call it: by its name in the list of now, of one that is gone in that of then. */
  readonly name: string;
  /** Is one of them another one? */
  readonly isOther: boolean;
}

/**
 * Sets the stages of two lists side by side. Where they have the same stages, place by place; else in their order, so that as many as can be are the
 * same, of what is left as many as can be of one rule, and then of one name.
 */
export function stagesBeside(before: readonly StageConfiguration[], now: readonly StageConfiguration[]): readonly StagesBeside[] {
  const [then, names] = [before, now].map(stageNames);
  const pair = (left: number, right: number): StagesBeside => ({
    before: before[left] ?? ABSENT_STAGE,
    now: now[right] ?? ABSENT_STAGE,
    name: names[right] ?? then[left],
    isOther: textOf(before[left]) !== textOf(now[right]),
  });
  if (JSON.stringify(then) === JSON.stringify(names)) return now.map((_, at) => pair(at, at));
  const alike = before.map((left) => now.map((right) => likeness(left, right)));
  // The most that the rests of the lists behind two places are alike.
  const rest = Array.from({ length: before.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let left = before.length - 1; left >= 0; left--) {
    for (let right = now.length - 1; right >= 0; right--) {
      const together = alike[left][right] === 0 ? 0 : alike[left][right] + rest[left + 1][right + 1];
      rest[left][right] = Math.max(together, rest[left + 1][right], rest[left][right + 1]);
    }
  }
  const places: StagesBeside[] = [];
  let [left, right] = [0, 0];
  while (left < before.length || right < now.length) {
    const isBoth = left < before.length && right < now.length;
    if (isBoth && alike[left][right] > 0 && rest[left][right] === alike[left][right] + rest[left + 1][right + 1]) {
      places.push(pair(left++, right++));
    } else if (right === now.length || (isBoth && rest[left][right] === rest[left + 1][right])) places.push(pair(left++, NONE));
    else places.push(pair(NONE, right++));
  }
  return places;
}

const NONE = -1;
/** More than any list has stages. */
const MANY = 1000;

function likeness(one: StageConfiguration, other: StageConfiguration): number {
  const [name, otherName] = [one, other].map((stage) => stageNames([stage])[0]);
  if (name !== otherName) return 0;
  if (textOf(one) === textOf(other)) return MANY * MANY;
  return stageRule(one) === stageRule(other) ? MANY : 1;
}

const textOf = (stage: StageConfiguration | undefined) => JSON.stringify(stage);
