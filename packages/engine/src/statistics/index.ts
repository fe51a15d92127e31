export { benjaminiHochberg, benjaminiHochbergLog } from "./benjamini-hochberg.ts";
export type { BenjaminiHochbergOptions, Discoveries } from "./benjamini-hochberg.ts";
export { acceleratedInterval, jackknifeInfluence, percentileInterval } from "./bootstrap-interval.ts";
export type { Resampled } from "./bootstrap-interval.ts";
export { hypergeometricQuantile, hypergeometricUpperTail, logHypergeometricUpperTail } from "./hypergeometric.ts";
export type { Urn } from "./hypergeometric.ts";
export { holmLog } from "./holm.ts";
export type { HolmOptions } from "./holm.ts";
export { gammaQuantile } from "./gamma-quantile.ts";
export {
  logRegularisedGammaP,
  logRegularisedGammaQ,
  regularisedGammaP,
  regularisedGammaQ,
} from "./incomplete-gamma.ts";
export { logistic, softplus } from "./logistic.ts";
export { momentsOf, quantileOf } from "./moments.ts";
export type { Moments } from "./moments.ts";
export { normalCdf, normalDensity, normalQuantile } from "./normal.ts";
export { logPoissonUpperTail, poissonRateInterval, poissonUpperTail } from "./poisson.ts";
export type { Interval } from "./poisson.ts";
export { logGamma } from "./saddle-point.ts";
export { studentCdf, studentQuantile, studentTail } from "./student.ts";
export { wilsonInterval } from "./wilson.ts";
export { minimizeInPieces } from "./lbfgs.ts";
export type { MinimizeOptions, Minimum, Objective } from "./lbfgs.ts";
export { chiSquareUpperTail, logChiSquareUpperTail } from "./chi-square.ts";
export { fitDirichlet } from "./dirichlet-multinomial.ts";
export type { DirichletFit } from "./dirichlet-multinomial.ts";
export { betaQuantile, fUpperTail, regularisedBeta } from "./incomplete-beta.ts";
export { kaplanMeier, survivalInterval, survivalQuantile } from "./kaplan-meier.ts";
export type { SurvivalCurve, SurvivalQuantile } from "./kaplan-meier.ts";
export { fitRatioPrior, shrinkMeans, shrinkRatio } from "./shrunk-means.ts";
export type { RatioPrior, ShrunkMeans } from "./shrunk-means.ts";
