/** The session models of the literature on RSC15's sample, against session-rec's own classes on the same files. */
import {
  sknn,
  stan,
  trainMarkovChain,
  trainPairRules,
  trainSequenceRules,
  trainSessionKnn,
  vsknn,
  vstan,
  type SessionData,
  type SessionKnnSettings,
} from "@basketlift/engine/sequences";
import { describe, expect, it } from "vitest";
import { qualityOf } from "../../engine/bench/next-click.ts";
import { readRsc15 } from "./session-files.ts";

const rsc15 = readRsc15();
if (!rsc15) console.warn("Skipped: RSC15's sample is not there; set DATA_DIR to the data folder.");

const knn = (settings: SessionKnnSettings) => (data: SessionData) => trainSessionKnn(data, settings);

describe.skipIf(!rsc15)("session models as session-rec has them", () => {
  it.each([
    ["SKNN", knn(sknn)],
    ["VSKNN", knn(vsknn)],
    ["STAN", knn(stan)],
    ["VSTAN", knn(vstan)],
    ["sequence rules (SR)", trainSequenceRules],
    ["rules of pairs (AR)", trainPairRules],
    ["Markov chain", trainMarkovChain],
  ])("%s is within .002 of its figures", async (name, train) => {
    if (!rsc15) return;
    const reference = rsc15.published[name];
    const { hitRate, reciprocalRank } = qualityOf(await train(rsc15.train), rsc15);
    expect(Math.abs(hitRate - reference.hitRate)).toBeLessThan(0.002);
    expect(Math.abs(reciprocalRank - reference.reciprocalRank)).toBeLessThan(0.002);
  });
});
