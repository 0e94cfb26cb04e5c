/** A refusal shows no more names than a person reads. */
const MOST_SHOWN = 40;

/** Names as a refusal shows them: with commas between, of very many the first ones and how many more there are. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SHOWN).join(", ");
  return names.length > MOST_SHOWN ? `${shown} and ${names.length - MOST_SHOWN} more` : shown;
}
