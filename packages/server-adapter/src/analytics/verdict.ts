/** What the holdout says, in a sentence that a merchant can act on. */
import type { Effect, SampleRatio } from "@basketlift/engine/experiments";
import type { ArmFacts } from "./arms.ts";
import { change, counted } from "./words.ts";

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
    return `Too early to say: ${counted(treatment.buyers, "buyer")} with recommendations and ${counted(holdout.buyers, "buyer")} without; ${fewestBuyers} of each are the least that can be compared.`;
  }
  const { value, lower, upper } = revenuePerVisitor;
  if (lower > 0) {
    return `Recommendations earn more: ${change(value)} net revenue per visitor, and at least ${change(lower)}.`;
  }
  if (upper < 0) {
    return `Recommendations cost revenue: ${change(value)} per visitor, and at best ${change(upper)}. Look at what they show.`;
  }
  return `No difference is proven yet: the true effect lies between ${change(lower)} and ${change(upper)}.`;
}
