/** Parts of a strategy that no field of the form changes: they are named, and stay as they are. */
import type { JSX } from "preact";
import type { StrategyLine } from "../../api/contract.ts";
import { formatDecimal, formatInteger } from "../../format/numbers.ts";
import { placementName } from "../../parts/placement-name.ts";
import { occasionName, sourceName, strategyName } from "./words.ts";

/** A saved strategy or a draft. */
type Parts = Pick<StrategyLine, "weights" | "campaigns" | "minimumMargin" | "fallbacks">;

export function KeptParts({
  strategy,
  title,
}: {
  readonly strategy: Parts;
  readonly title: string;
}): JSX.Element | null {
  const parts = keptParts(strategy);
  if (parts.length === 0) return null;
  return (
    <section class="kept">
      <h3>{title}</h3>
      <ul>
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
    </section>
  );
}

function keptParts({ weights, campaigns = [], minimumMargin, fallbacks = [] }: Parts): string[] {
  const parts = campaigns.map(
    (campaign) =>
      `Campaign ${campaign.name}: multiplies the score of ${subjectOf(campaign)} by ${formatDecimal(campaign.factor)}.`,
  );
  if (weights?.campaign !== undefined)
    parts.push(`Campaigns count with a weight of ${formatDecimal(weights.campaign)}.`);
  if (minimumMargin?.amount !== undefined)
    parts.push(`A sale leaves at least ${formatInteger(minimumMargin.amount)} cents, pence or the like.`);
  return [...parts, ...fallbacks.map(fallbackWords)];
}

type CampaignPart = NonNullable<Parts["campaigns"]>[number];

function subjectOf({ products = [], brands = [], categories = [] }: CampaignPart): string {
  return [
    counted(products.length, "product", "products"),
    counted(brands.length, "brand", "brands"),
    counted(categories.length, "category", "categories"),
  ]
    .flat()
    .join(", ");
}

const counted = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [`${formatInteger(count)} ${count === 1 ? one : many}`];

function fallbackWords({
  when,
  placements = [],
  strategy,
  sources = [],
}: NonNullable<Parts["fallbacks"]>[number]): string {
  const where = placements.length > 0 ? ` (${placements.map(placementName).join(", ")})` : "";
  const whom =
    strategy === undefined ? sources.map(({ source }) => sourceName(source)).join(", ") : strategyName(strategy);
  return `${occasionName(when)}${where}, asks ${whom}.`;
}
