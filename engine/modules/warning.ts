/** What a warning may be about, in the order in which warnings are told. */
const WARNING_TOPICS = [
  "balances",
  "whole_pot",
  "fund",
  "streams",
  "epoch_ends",
  "handed_over",
  "pay",
  "accidents",
  "coverage",
  "seats",
  "prices",
  "outside",
] as const;
export type WarningTopic = (typeof WARNING_TOPICS)[number];

/** Something that a reader of a run's results should know before trusting them. */
export interface Warning {
  readonly topic: WarningTopic;
  readonly text: string;
}

export function about(topic: WarningTopic, texts: readonly string[]): readonly Warning[] {
  return texts.map((text) => ({ topic, text }));
}

/** Texts by topic; those of one topic stay in their order. */
export function inOrder(warnings: readonly Warning[]): readonly string[] {
  return WARNING_TOPICS.flatMap((topic) => warnings.filter((one) => one.topic === topic).map(({ text }) => text));
}
