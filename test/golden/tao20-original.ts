import type { RewardsConfiguration } from "../../engine/rewards/index.js";

/** Settings that the cases of both reward files may change; Decimals as text. */
export interface ScoreSettings {
  readonly mint_bonus_multiplier?: string | undefined;
  readonly volume_weight?: string | undefined;
  readonly frequency_weight?: string | undefined;
  readonly consistency_weight?: string | undefined;
}

/** A preset of docs/explanation/presets.md with a case's own settings. */
export function withScoreSettings(preset: RewardsConfiguration, settings: ScoreSettings): RewardsConfiguration {
  const { score } = preset;
  return {
    ...preset,
    score: {
      ...score,
      mintMultiplier: Number(settings.mint_bonus_multiplier ?? score.mintMultiplier),
      volumeWeight: Number(settings.volume_weight ?? score.volumeWeight),
      frequencyWeight: Number(settings.frequency_weight ?? score.frequencyWeight),
      consistencyWeight: Number(settings.consistency_weight ?? score.consistencyWeight),
    },
  };
}
