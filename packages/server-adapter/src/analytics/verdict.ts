/** What the holdout says, in a sentence that a merchant can act on. */
import type { Effect, SampleRatio } from "@basketlift/engine/experiments";
import type { ArmFacts } from "./arms.ts";

export interface VerdictInput {
  readonly treatment: ArmFacts;
  readonly holdout: ArmFacts;
  readonly expectedShare: number;
  readonly sampleRatio: Pick<SampleRatio, "alarm">;
  /** Absent while there are too few buyers to say. */
  readonly revenuePerVisitor: Effect | undefined;
  readonly fewestBuyers: number;
}

export function verdictOf({
  treatment,
  holdout,
  expectedShare,
  sampleRatio,
  revenuePerVisitor,
  fewestBuyers,
}: VerdictInput): string {
  if (treatment.visitors + holdout.visitors === 0) {
    return expectedShare > 0
      ? "No visitor was assigned yet: measuring begins with the first one who consents."
      : "Nobody is held out, so nothing can be said about what recommendations cause.";
  }
  if (sampleRatio.alarm) {
    return "Do not trust these figures: the sizes of the two groups cannot be chance. Check that both load the same page and that every visitor keeps their id.";
  }
  if (revenuePerVisitor === undefined) {
    return `Too early to say: ${buyers(treatment)} with recommendations and ${buyers(holdout)} without; ${fewestBuyers} of each are the least that can be compared.`;
  }
  const { value, lower, upper } = revenuePerVisitor;
  if (lower > 0) {
    return `Recommendations earn more: ${percent(value)} net revenue per visitor, and at least ${percent(lower)}.`;
  }
  if (upper < 0) {
    return `Recommendations cost revenue: ${percent(value)} per visitor, and at best ${percent(upper)}. Look at what they show.`;
  }
  return `No difference is proven yet: the true effect lies between ${percent(lower)} and ${percent(upper)}.`;
}

function buyers({ buyers: count }: ArmFacts): string {
  return `${count} ${count === 1 ? "buyer" : "buyers"}`;
}

function percent(share: number): string {
  return `${share > 0 ? "+" : share < 0 ? "\u2212" : ""}${Math.abs(100 * share).toFixed(1)} %`;
}
