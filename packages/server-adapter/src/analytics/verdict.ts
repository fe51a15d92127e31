/** What the holdout says, in a sentence that a merchant can act on. */
import type { ArmComparison, SampleRatio } from "@basketlift/engine/experiments";
import type { ArmFacts } from "./arms.ts";
import { change, counted } from "./words.ts";

export interface VerdictInput {
  readonly treatment: ArmFacts;
  readonly holdout: ArmFacts;
  readonly expectedShare: number;
  readonly sampleRatio: Pick<SampleRatio, "alarm">;
  /** Absent while there are too few buyers to say. */
  readonly revenuePerVisitor: ArmComparison | undefined;
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
  return differenceInWords(revenuePerVisitor);
}

const unknown = "how much cannot be said yet";

/** The absolute difference decides, the relative one says how much: without it, it is not known well enough to say. */
function differenceInWords({ absolute, relative }: ArmComparison): string {
  if (absolute.lower > 0) {
    const gain =
      relative && `${change(relative.value)} net revenue per visitor, and at least ${change(relative.lower)}`;
    return `Recommendations earn more: ${gain ?? unknown}.`;
  }
  if (absolute.upper < 0) {
    const loss = relative && `${change(relative.value)} per visitor, and at best ${change(relative.upper)}`;
    return `Recommendations cost revenue: ${loss ?? unknown}. Look at what they show.`;
  }
  if (!relative) return "No difference is proven yet: the holdout has bought too little to say how large it may be.";
  return `No difference is proven yet: the true effect lies between ${change(relative.lower)} and ${change(relative.upper)}.`;
}
