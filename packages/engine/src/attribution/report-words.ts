/** What recommendations caused, then what merely followed them, in sentences that a merchant can act on. */
import { wordingOf, type Wording } from "../experiments/index.ts";
import type { AttributionReport } from "./report.ts";

/** @param locale BCP 47, for the way figures are written */
export function reportInWords(
  { currency, incremental, experiment, attributed }: Omit<AttributionReport, "verdict">,
  locale = "en",
): string {
  const wording = wordingOf({ kind: "money", currency }, locale);
  const { amount } = wording;
  const followed = `Orders worth ${amount(attributed.revenue)} of ${amount(attributed.ofRevenue)} followed a touch of a recommendation, whether or not it caused them.`;
  // Figures that are not to be believed are not repeated.
  if (experiment?.action === "investigate") return `${experiment.verdict} ${followed}`;
  return `${causeInWords(incremental, wording)} ${followed}`;
}

function causeInWords(
  incremental: AttributionReport["incremental"],
  { amount, signed, chance, interval }: Wording,
): string {
  if (!incremental.conclusive) return incremental.problem.message;
  const { perVisitor, posterior, total, isProven } = incremental;
  const { value } = perVisitor;
  const chances = `Chance of being better: ${chance(posterior.chanceToWin)}.`;
  if (!isProven) {
    return `Not yet: recommendations change net revenue by ${signed(value)} per visitor (${interval(perVisitor)}), which chance alone could bring. ${chances}`;
  }
  const verb = value > 0 ? "earn" : "cost";
  const more = value > 0 ? " more" : "";
  return `Recommendations ${verb} ${amount(Math.abs(value))}${more} per visitor (${interval(perVisitor)}): ${signed(total.value)} in all (${signed(total.lower)} to ${signed(total.upper)}). ${chances}`;
}
