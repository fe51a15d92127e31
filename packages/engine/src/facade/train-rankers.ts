/** Trains the rankers of a shop: what each customer buys for the first time or again, and what each visit leads to. */
import type { SourceModel, SourceName } from "../decision/state.ts";
import type { TrainingView } from "../history/training-view.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { columnOf, rowsOf } from "../models/model-columns.ts";
import type { NeighbourTable } from "../models/neighbour-table.ts";
import type { Recommender } from "../models/recommender.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { trainPurchaseRanker, trainSessionRanker } from "../ranking/index.ts";
import { personalSource, sessionSource } from "./ranker-source.ts";

/** Days that are held back to fit on, and the share of the history that is held back at most. */
const heldBackDays = 30;
const largestShare = 0.25;
/** Customers and questions to fit on at most: more cost time, and weights move little further. */
const mostCustomers = 1000;
const mostQuestions = 700;

const day = 86_400_000;

/**
 * Trains what the view has data for: no ranker of customers without known customers, none of visits without visits.
 * @param similar the shop's content model: what the catalogue says is alike
 */
export async function trainRankers(
  view: TrainingView,
  similar: Recommender,
  controls: TrainingControls,
): Promise<Map<SourceName, SourceModel>> {
  const rankers = new Map<SourceName, SourceModel>();
  if (view.basketCustomer.some((customer) => customer >= 0)) {
    const days = Math.min(heldBackDays, (largestShare * (view.until - view.from)) / day);
    const alike = await paced("reading descriptions", tableOf(similar), controls);
    const options = { build: "compact", reach: "catalogue", heldBack: { days }, mostCustomers, alike } as const;
    rankers.set("personal-ranker", personalSource(await trainPurchaseRanker(view, { ...options, ...controls })));
  }
  if (view.sessions.rows > 0) {
    rankers.set(
      "session-ranker",
      sessionSource(await trainSessionRanker(view, { build: "cheap", mostQuestions, ...controls })),
    );
  }
  return rankers;
}

/** The neighbours a model of them has learned, as its file holds them. */
function* tableOf(model: Recommender): InPieces<NeighbourTable> {
  const file = model.save();
  const rows = yield* rowsOf(file, "offsets", "neighbours", { rows: model.productCount, columns: model.productCount });
  return { ...rows, weights: yield* columnOf(file, "weights", Float32Array, rows.indices.length) };
}
