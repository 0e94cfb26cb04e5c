/** What is asked of stages that are set side by side. */
export interface StageLooks<T> {
  /** What a stage is: only stages of one name can be the same. */
  nameOf(stage: T): string;
  /** Its rule, where a name has several. */
  ruleOf(stage: T): string;
  /** All of it. */
  textOf(stage: T): string;
}

/** A place in two lists of stages, by places from 0; null: that list has none there. */
export interface AlignedPlace {
  readonly before: number | null;
  readonly now: number | null;
}

/**
 * Sets the stages of two lists side by side. Where they have the same names, place by place; else in their order, so that as many as can be are the
 * same, of what is left as many as can be of one rule, and then of one name.
 */
export function alignStages<T>(before: readonly T[], now: readonly T[], looks: StageLooks<T>): readonly AlignedPlace[] {
  const [then, names] = [before, now].map((list) => list.map((stage) => looks.nameOf(stage)));
  if (JSON.stringify(then) === JSON.stringify(names)) return now.map((_, at) => ({ before: at, now: at }));
  const alike = before.map((left) => now.map((right) => likeness(left, right, looks)));
  // The most that the rests of the lists behind two places are alike.
  const rest = Array.from({ length: before.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let left = before.length - 1; left >= 0; left--) {
    for (let right = now.length - 1; right >= 0; right--) {
      const together = alike[left][right] === 0 ? 0 : alike[left][right] + rest[left + 1][right + 1];
      rest[left][right] = Math.max(together, rest[left + 1][right], rest[left][right + 1]);
    }
  }
  const places: AlignedPlace[] = [];
  let [left, right] = [0, 0];
  while (left < before.length || right < now.length) {
    const isBoth = left < before.length && right < now.length;
    if (isBoth && alike[left][right] > 0 && rest[left][right] === alike[left][right] + rest[left + 1][right + 1]) {
      places.push({ before: left++, now: right++ });
    } else if (right === now.length || (isBoth && rest[left][right] === rest[left + 1][right])) places.push({ before: left++, now: null });
    else places.push({ before: null, now: right++ });
  }
  return places;
}

/** More than any list has stages. */
const MANY = 1000;

function likeness<T>(one: T, other: T, { nameOf, ruleOf, textOf }: StageLooks<T>): number {
  if (nameOf(one) !== nameOf(other)) return 0;
  if (textOf(one) === textOf(other)) return MANY * MANY;
  return ruleOf(one) === ruleOf(other) ? MANY : 1;
}
