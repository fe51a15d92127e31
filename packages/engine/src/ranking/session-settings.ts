/** How the session signals read the past. Two sets, since shops differ in how long a click says something. */
import type { ModelFile } from "../files/model-file.ts";
import { numberSetting } from "../models/model-columns.ts";
import type { ContextOptions, NeighbourSignalOptions } from "../sequences/index.ts";

/**
 * `full` asks everything; `cheap` leaves out the neighbours, which cost two fifths of the time and add little,
 * and reads short rows; `light` is a sum of the signals as they are, 15 weights, for small browsers.
 */
export type SessionBuild = "full" | "cheap" | "light";

export interface SessionSettings {
  /** Days after which a session counts a third in transitions and in context. */
  readonly fadeDays: number;
  /** Added to the totals that shares are of. */
  readonly shrinkage: number;
  /** Followers kept for each product. */
  readonly rowLength: number;
  readonly recentDays: number;
  readonly latestDays: number;
  readonly neighbours: NeighbourSignalOptions;
  readonly context: Omit<ContextOptions, "fadeDays">;
}

/** For logs of busy days: what was clicked last week is old. Chosen on the last sessions of RSC15's training part. */
export const busyShop: SessionSettings = {
  fadeDays: 5,
  shrinkage: 8,
  rowLength: 150,
  recentDays: 1,
  latestDays: 0.25,
  neighbours: { stepFade: 2, fadeDays: 10, matchFade: 2, lengthPower: 0.25, voteFade: 2, k: 500, m: 1000 },
  context: { stepDecay: 0.7, gapDecay: 0.8, voteDecay: 0.5, m: 1000 },
};

/** For logs that span weeks of calm trade. Chosen on the last sessions of Serenade's example. */
export const calmShop: SessionSettings = {
  fadeDays: 30,
  shrinkage: 3,
  rowLength: 150,
  recentDays: 10,
  latestDays: 2,
  neighbours: { stepFade: 4, fadeDays: 1000, matchFade: 4, lengthPower: 0.5, voteFade: 8, k: 300, m: 1000 },
  context: { stepDecay: 0.7, gapDecay: 0.8, voteDecay: 0.5, m: 1000 },
};

/** Chosen on the last sessions of Yoochoose's training part (1/64). */
export const hugeShop: SessionSettings = {
  ...busyShop,
  rowLength: 80,
  neighbours: { stepFade: 1, fadeDays: 5, matchFade: 1, lengthPower: 0.25, voteFade: 2, k: 300, m: 400 },
  context: { stepDecay: 0.5, gapDecay: 0.6, voteDecay: 0.3, m: 1000 },
};

/**
 * What the cheap build reads of a product: its newest postings and strongest followers. On the last sessions of RSC15's
 * and Serenade's training parts and of the demo shop, more of them rank no better, and take time and space.
 */
const fewPostings = 120;
const fewFollowers = 50;

/** Settings as a build reads them. */
export function settingsFor(build: SessionBuild, settings: SessionSettings): SessionSettings {
  if (build !== "cheap") return settings;
  return {
    ...settings,
    rowLength: Math.min(settings.rowLength, fewFollowers),
    neighbours: { ...settings.neighbours, m: fewPostings },
    context: { ...settings.context, m: fewPostings },
  };
}

/** The settings as flat numbers: `neighbours.k` and so on. */
export function settingsToSave({ neighbours, context, ...own }: SessionSettings): Record<string, number> {
  return { ...own, ...prefixed("neighbours", neighbours), ...prefixed("context", context) };
}

function prefixed(prefix: string, group: object): Record<string, number> {
  return Object.fromEntries(Object.entries(group).map(([name, value]) => [`${prefix}.${name}`, Number(value)]));
}

/**
 * @throws InvalidFile when a setting is absent or no number of at least 0
 */
export function settingsOfFile(file: ModelFile): SessionSettings {
  const number = (name: string): number => numberSetting(file, name);
  return {
    fadeDays: number("fadeDays"),
    shrinkage: number("shrinkage"),
    rowLength: number("rowLength"),
    recentDays: number("recentDays"),
    latestDays: number("latestDays"),
    neighbours: {
      stepFade: number("neighbours.stepFade"),
      fadeDays: number("neighbours.fadeDays"),
      matchFade: number("neighbours.matchFade"),
      lengthPower: number("neighbours.lengthPower"),
      voteFade: number("neighbours.voteFade"),
      k: number("neighbours.k"),
      m: number("neighbours.m"),
    },
    context: {
      stepDecay: number("context.stepDecay"),
      gapDecay: number("context.gapDecay"),
      voteDecay: number("context.voteDecay"),
      m: number("context.m"),
    },
  };
}
