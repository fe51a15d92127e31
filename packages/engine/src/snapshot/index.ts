export { createPublicSnapshot } from "./create-public-snapshot.ts";
export type { PublicSnapshot, PublicSnapshotOptions, SnapshotFile } from "./create-public-snapshot.ts";
export type { SnapshotEvidence } from "./public-transitions.ts";
export { childDecisionId, rerank, rerankVersion } from "./rerank.ts";
export type { ChildDecision, RerankGround, RerankInput, RerankOptions, SlateItem } from "./rerank.ts";
export { readShard, relation, shardFormat, shardOf, transitionsOf } from "./shard.ts";
export type { PublicTransition, SnapshotShard } from "./shard.ts";
