import { nearestName } from "../../kernel/nearest-name.js";

/** So many letters of an address say which one is meant. */
const LEAST_PART = 4;
/** Where an abbreviated address leaves letters out. */
const LEFT_OUT = /\.{2,}|\u2026/;

/** What is to be done about a hotkey that is not there: which one was likely meant, and that a part of one is none. */
export function hotkeyHint(hotkey: string, known: readonly string[]): string | undefined {
  const fitting = abbreviatedBy(hotkey, known);
  if (fitting.length === 1) return `Did you mean ${fitting[0]}? The whole address is needed.`;
  if (fitting.length > 1) return `The whole address is needed; it fits ${fitting.length} hotkeys, such as ${fitting[0]}.`;
  if (LEFT_OUT.test(hotkey)) return "The whole address is needed; no hotkey of the subnet fits this part of one.";
  const nearest = nearestName(hotkey, known);
  return nearest === undefined ? undefined : `Did you mean ${nearest}?`;
}

/** Those that begin with it, or begin and end as it does where it leaves the middle out. */
function abbreviatedBy(hotkey: string, known: readonly string[]): readonly string[] {
  const [beginning, ...more] = hotkey.split(LEFT_OUT);
  if (more.length > 1 || beginning.length < LEAST_PART) return [];
  const [end = ""] = more;
  return known.filter(
    (one) => one !== hotkey && one.length > beginning.length + end.length && one.startsWith(beginning) && one.endsWith(end),
  );
}
