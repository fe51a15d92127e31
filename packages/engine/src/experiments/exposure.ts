/**
 * Whether visitors stayed in their arm. One who met several arms belongs to none of them and is left out; when there are
 * many, assignment is not sticky (ids change, or two places assign by different plans) and no effect can be believed.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import { wilsonInterval } from "../statistics/index.ts";

/** Somebody met an arm. */
export interface Exposure {
  readonly visitor: string;
  readonly arm: string;
}

export interface ExposureCounts {
  /** Visitors who met this arm and no other, by arm. */
  readonly visitors: ReadonlyMap<string, number>;
  /** Those who met several; they count in no arm. */
  readonly inSeveralArms: number;
  /** The arm of each visitor who met just one. */
  readonly armOf: ReadonlyMap<string, string>;
}

/**
 * @param exposures in any order; a visitor may come in many
 * @throws InvalidInput when a visitor or arm has no name
 * @example
 * const { visitors, inSeveralArms } = countExposures([{ visitor: "v1", arm: "new" }, { visitor: "v1", arm: "new" }]);
 */
export function countExposures(exposures: Iterable<Exposure>): ExposureCounts {
  const armOf = new Map<string, string>();
  const several = new Set<string>();
  let index = 0;
  for (const { visitor, arm } of exposures) {
    if (!visitor) throw new InvalidInput(`exposures[${index}].visitor`, visitor, "the id of a visitor");
    if (!arm) throw new InvalidInput(`exposures[${index}].arm`, arm, "the id of an arm");
    if ((armOf.get(visitor) ?? arm) !== arm) several.add(visitor);
    armOf.set(visitor, arm);
    index++;
  }
  for (const visitor of several) armOf.delete(visitor);
  const visitors = new Map<string, number>();
  for (const arm of armOf.values()) visitors.set(arm, (visitors.get(arm) ?? 0) + 1);
  return { visitors, inSeveralArms: several.size, armOf };
}

export interface ExposureCheck {
  /** Of all visitors, those who met several arms. */
  readonly share: number;
  /** More than is tolerated, and not by chance. */
  readonly alarm: boolean;
}

export interface ExposureCheckOptions {
  /** Share of visitors in several arms that is put up with: some clear their cookies or share a computer. */
  readonly tolerated?: number;
}

/**
 * @param inOneArm visitors who met just one arm
 * @param inSeveralArms visitors who met more
 * @throws InvalidOption when a number is out of its range
 * @example
 * checkExposure(98_000, 2_000).alarm; // true: 2 % is more than the 1 % put up with
 */
export function checkExposure(
  inOneArm: number,
  inSeveralArms: number,
  { tolerated = 0.01 }: ExposureCheckOptions = {},
): ExposureCheck {
  requireInteger("inOneArm", inOneArm, 0);
  requireInteger("inSeveralArms", inSeveralArms, 0);
  requireNumber("tolerated", tolerated, 0, 1);
  const all = inOneArm + inSeveralArms;
  if (all === 0) return { share: 0, alarm: false };
  // As sure as the check of the arms' sizes, for the same reason: it is looked at daily.
  return { share: inSeveralArms / all, alarm: wilsonInterval(inSeveralArms, all, 0.998).lower > tolerated };
}
