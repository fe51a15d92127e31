/** The weights of the objective of iALS, which training and the fold-in of a history share. */

/** What the objective weighs. */
export interface IalsWeights {
  readonly unobservedWeight: number;
  readonly regularisation: number;
  readonly regularisationExponent: number;
}

/** What the square of a vector costs that belongs to `held` of `all`. */
export function penaltyOf(
  { regularisation, unobservedWeight, regularisationExponent }: IalsWeights,
  held: number,
  all: number,
): number {
  return regularisation * (held + unobservedWeight * all) ** regularisationExponent;
}
