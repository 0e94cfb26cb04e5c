import { tokensText } from "../../kernel/money.js";
import { about, type Warning } from "../warning.js";
import type { HandedMiner } from "./handed-miner.js";

/** What a reader should know of positions that were handed over. */
export function handedOverWarnings(miners: readonly HandedMiner[]): readonly Warning[] {
  return about("handed_over", [...miners.flatMap(sentElsewhere), ...miners.flatMap(withoutPrice)]);
}

function sentElsewhere({ name, course }: HandedMiner): string[] {
  const rao = course.arrivedElsewhereRao.toBigInt();
  if (rao === 0n) return [];
  return [
    `${tokensText(rao)} alpha that ${name} was recorded to send to others came to these from outside: they are as recorded, and ${name} keeps what it had. Where they are its own keys, hand them over, too.`,
  ];
}

function withoutPrice({ name, course }: HandedMiner): string[] {
  const rao = course.unpricedRao.toBigInt();
  if (rao === 0n) return [];
  return [
    `${tokensText(rao)} alpha that ${name} was recorded to add or take out had no price at the time: what the recording made of it counts without it.`,
  ];
}
