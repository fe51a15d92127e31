/**
 * Session neighbours as the literature defines them, for comparison: SKNN and VSKNN (Ludewig and Jannach, UMUAI 2018),
 * STAN (Garg et al., SIGIR 2019) and VSTAN (Ludewig, Mauro, Latifi and Jannach, UMUAI 2021), one formula with different
 * settings, as session-rec computes it. The session ranker answers better; VMIS-kNN answers faster.
 *
 * With w(i) the weight of a product i of the history by its steps back:
 *   similarity of a session n = sum of w(i) over the products in both, by the cosine or by the number of products,
 *   times exp(-age(n) / fadeDays), among the `sampleSize` newest sessions that share a product; the k most similar stay;
 *   score of a product i = sum over those that hold it of similarity(n) x matchWeight(steps back of the newest product in
 *   both) x exp(-|place of i - last place of a product in both| / placeFade) x (1 + idfWeight ln(sessions / clicks of i)).
 *
 * Training O(clicks), memory 8 bytes a click and 20 a session; a query O(history x sampleSize + k x session).
 */
import { requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { sharedAccumulator } from "../matrix/accumulator.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { requireKind } from "../models/model-columns.ts";
import type { Recommender } from "../models/recommender.ts";
import { rankScores } from "../models/scoring.ts";
import { sharesOf } from "../models/shares.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { readSessionKnnSettings, saveSessionKnnSettings, type SessionKnnSettings } from "./session-knn-settings.ts";
import { createSessionVotes, type SessionKnn } from "./session-knn-votes.ts";
import { columnsOfLog, readLog } from "./session-log-file.ts";
import { buildSessionLog, type SessionData } from "./session-log.ts";

const kind = "session-knn";

/**
 * @param data sessions in the order of their end
 * @param settings `sknn`, `vsknn`, `stan` or `vstan`, or some of your own
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const sessions = await trainSessionKnn(view, vsknn);
 * sessions.recommend({ history: [3, 17, 5], repeats: true }, 20);
 */
export async function trainSessionKnn(
  data: SessionData,
  settings: SessionKnnSettings,
  controls: TrainingControls = {},
): Promise<Recommender> {
  const { k, sampleSize, fadeDays = Infinity, placeFade = Infinity, idfWeight = 0 } = settings;
  requireInteger("k", k, 1);
  requireInteger("sampleSize", sampleSize, 1);
  for (const [name, fade] of Object.entries({ fadeDays, placeFade })) {
    if (fade !== Infinity) requireNumber(name, fade, Number.MIN_VALUE);
  }
  requireNumber("idfWeight", idfWeight, 0);
  const log = await buildSessionLog(data, sampleSize, controls);
  return createSessionKnn({ log, settings, clicks: clicksOf(log.sessions.indices, log.sessions.columns) });
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const sessions = await loadSessionKnn(readModel(bytes));
 */
export function loadSessionKnn(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading sessions", readSessionKnn(file), controls);
}

function* readSessionKnn(file: ModelFile): InPieces<Recommender> {
  requireKind(file, kind);
  const log = yield* readLog(file);
  const { indices, columns } = log.sessions;
  return createSessionKnn({ log, settings: readSessionKnnSettings(file), clicks: clicksOf(indices, columns) });
}

function createSessionKnn(model: SessionKnn): Recommender {
  const { log, settings } = model;
  const productCount = log.sessions.columns;
  const scores = sharedAccumulator(productCount);
  const votes = createSessionVotes(model);
  return {
    kind,
    productCount,
    recommend: (query, count) => rankScores(scores, query, count, () => votes.addAll(query, scores)),
    explain(query, product) {
      const { products, amounts } = votes.split(query, product);
      return sharesOf(products, amounts);
    },
    save: () => ({
      kind,
      settings: { productCount, ...saveSessionKnnSettings(settings) },
      columns: columnsOfLog(log),
    }),
  };
}

function clicksOf(products: Uint32Array, productCount: number): Uint32Array {
  const clicks = new Uint32Array(productCount);
  for (let i = 0; i < products.length; i++) clicks[products[i]]++;
  return clicks;
}
