/** The session ranker as a model: trained on a shop's sessions, asked with a session, saved as a file. */
import { InvalidFile, requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { Ranked } from "../matrix/top-k.ts";
import { columnOf, integerSetting, requireKind } from "../models/model-columns.ts";
import { requireHistory } from "../models/history.ts";
import type { Query, Recommender } from "../models/recommender.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { defaultSessionWeights } from "./default-weights.ts";
import { createRanker, featureNames, type SignalShare } from "./ranker.ts";
import { fitSessions } from "./session-fit.ts";
import { buildSessionParts, columnsOfParts, readParts, type SessionParts } from "./session-parts.ts";
import { sessionPlan, type SessionBuckets, type SessionShape } from "./session-plan.ts";
import { sessionSpeakers } from "./session-speakers.ts";
import { settingsOfFile, settingsToSave, type SessionBuild, type SessionSettings } from "./session-settings.ts";
import { namedWeights, type Weights } from "./weights.ts";
import { createSessionReader, type SessionData } from "../sequences/index.ts";

const kind = "session-ranker";

export interface SessionRankerOptions {
  readonly build?: SessionBuild | undefined;
  /** Share of the sessions, the newest, that weights are fitted on before all are read. */
  readonly heldBack?: number | undefined;
  /** Questions to fit on at most. */
  readonly mostQuestions?: number | undefined;
}

/** A recommender that also says what each signal added to a score. */
export interface SessionRanker extends Recommender {
  signalsOf(query: Query, product: number): readonly SignalShare[];
  /** Questions the weights were fitted on; 0 where there were too few, and the default weights serve. */
  readonly fittedOn: number;
}

/** What a trained model consists of. */
interface Trained {
  readonly parts: SessionParts;
  readonly settings: SessionSettings;
  readonly shape: SessionShape;
  readonly weights: Weights;
  readonly fittedOn: number;
}

/**
 * Trains on sessions in the order of their end. Memory: 4 bytes an entry and 8 a posting (at most 1,000 a product),
 * 16 bytes a kept transition (at most 150 a product), of both far fewer in the cheap build; while fitting, 20 kB a question.
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const sessions = await trainSessionRanker(view);
 * sessions.recommend({ history: [3, 17, 5], repeats: true }, 20);
 */
export async function trainSessionRanker(
  data: SessionData,
  {
    build = "full",
    heldBack = 0.15,
    mostQuestions = 15_000,
    ...controls
  }: SessionRankerOptions & TrainingControls = {},
): Promise<SessionRanker> {
  requireNumber("heldBack", heldBack, 0, 0.5);
  requireInteger("mostQuestions", mostQuestions, 0);
  const { settings, buckets, weights, questions } = await fitSessions(data, {
    build,
    heldBack,
    mostQuestions,
    ...controls,
  });
  const parts = await buildSessionParts(data, settings, controls);
  const shape: SessionShape = { build, buckets };
  const names = featureNames(sessionPlan(parts, settings, shape));
  return createSessionRanker({
    parts,
    settings,
    shape,
    weights: weights ?? namedWeights(names, defaultSessionWeights(names, build)),
    fittedOn: weights ? questions : 0,
  });
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const sessions = await loadSessionRanker(readModel(bytes));
 */
export function loadSessionRanker(file: ModelFile, controls: TrainingControls = {}): Promise<SessionRanker> {
  return paced("loading the session ranker", readSessionRanker(file), controls);
}

function* readSessionRanker(file: ModelFile): InPieces<SessionRanker> {
  requireKind(file, kind);
  const parts = yield* readParts(file);
  const settings = settingsOfFile(file);
  const shape = shapeOfFile(file);
  const { features, bucketCount } = sessionPlan(parts, settings, shape);
  const values = yield* columnOf(file, "weights", Float64Array, features.length * bucketCount);
  const weights = { width: features.length, bucketCount, values };
  return createSessionRanker({ parts, settings, shape, weights, fittedOn: integerSetting(file, "fittedOn") });
}

function createSessionRanker(trained: Trained): SessionRanker {
  const { parts, settings, shape, weights, fittedOn } = trained;
  const productCount = parts.log.sessions.columns;
  const stepsOf = createSessionReader(productCount);
  const ranker = createRanker(sessionPlan(parts, settings, shape), weights);
  return {
    kind,
    productCount,
    fittedOn,
    recommend(query, count) {
      requireHistory(query.history);
      requireInteger("count", count, 0);
      return speaks(query, productCount) ? ranker.rank(query, count) : nothing;
    },
    explain: (query, product) => sessionSpeakers(stepsOf(query), product, ranker.sharesOf(query, product)),
    signalsOf: (query, product) => ranker.sharesOf(query, product),
    save: () => fileOf(trained),
  };
}

const nothing: Ranked = { products: new Uint32Array(0), scores: new Float64Array(0) };

/** Without a product it knows, the ranker would answer everyone with the same popular ones: others do that better. */
function speaks({ history }: Query, productCount: number): boolean {
  for (let i = 0; i < history.length; i++) if (history[i] < productCount) return true;
  return false;
}

function fileOf({ parts, settings, shape, weights, fittedOn }: Trained): ModelFile {
  return {
    kind,
    settings: { productCount: parts.log.sessions.columns, fittedOn, ...shape, ...settingsToSave(settings) },
    columns: { ...columnsOfParts(parts), weights: weights.values },
  };
}

const builds: readonly SessionBuild[] = ["full", "cheap", "light"];
const allBuckets: readonly SessionBuckets[] = ["none", "length", "length-and-support"];

function shapeOfFile({ settings }: ModelFile): SessionShape {
  const build = builds.find((name) => name === settings["build"]);
  const buckets = allBuckets.find((name) => name === settings["buckets"]);
  if (!build || !buckets) throw new InvalidFile(`The ${kind} model names no build or buckets that are known.`);
  return { build, buckets };
}
