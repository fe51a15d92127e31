/** What a decision would bring: the contract of reward models, which direct and doubly robust estimators lean on. */
import type { InPieces } from "../../matrix/pieces.ts";
import type { DecisionLog } from "./decision-log.ts";

/** Overwrites `rewards` with the expected reward of every action in the situation of a row of the log. */
export type RewardModel = (row: number, rewards: Float64Array) => void;

/** Learns from some rows of a log; the model can be asked about all of them. */
export type RewardLearner = (log: DecisionLog, rows: Uint32Array) => InPieces<RewardModel>;
