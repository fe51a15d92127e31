/** The people with an account: where they live, what they are after, how often and how much they buy. */
import type { Random } from "../../../random/generator.ts";
import type { Entry } from "../assortment/assortment.ts";
import { day, from, until } from "../calendar.ts";
import { between, createLottery, geometric, happens, heavyTailed, pick } from "../chance.ts";
import { firstNames, lastNames } from "./names.ts";
import { segments, type Budget, type Segment } from "./segments.ts";

/** One customer of the demo shop. Everything below `id` and `name` is hidden from a real shop. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  /** Id of the market they buy in. */
  readonly market: string;
  readonly segment: Segment;
  readonly budget: Budget;
  /** Brand they prefer whatever they need; undefined for those who do not care. */
  readonly favouriteBrand?: string;
  /** Kinds of product they come back for, as indices into the kinds of the assortment. */
  readonly favouriteKinds: readonly number[];
  /** Mean number of products they add beside what they came for. */
  readonly appetite: number;
  /** How often they buy, against others. */
  readonly activity: number;
  /** Milliseconds since 1970 between which they are customers. */
  readonly joinedAt: number;
  readonly leftAt: number;
  /** False for those who order by telephone: their orders have no session. */
  readonly online: boolean;
  /** Browser and, for some, a second device. */
  readonly devices: 1 | 2;
}

const segmentLottery = createLottery(segments.map((segment) => segment.share));

/** Share of customers with a favourite brand, of British ones, and of those who never come to the website. */
const loyalShare = 0.45;
const britishShare = 0.35;
const offlineShare = 0.04;

export function createCustomers(random: Random, count: number, entries: readonly Entry[]): readonly Customer[] {
  const kinds = [...new Set(entries.map((entry) => entry.kind))];
  const departmentOf = new Map(entries.map((entry) => [entry.kind, entry.department.name]));
  const favourites = new Map(
    segments.map((segment) => [
      segment,
      createLottery(
        kinds.map((kind) => kind.demand * (segment.departments.includes(departmentOf.get(kind) ?? "") ? 6 : 1)),
      ),
    ]),
  );
  const brands = entries.map((entry) => entry.brand.name);
  return Array.from({ length: count }, (_, index): Customer => {
    const segment = segments[segmentLottery.draw(random)];
    const lottery = favourites.get(segment);
    const joinedAt = happens(random, 0.4) ? from : Math.floor(between(random, from, until - 20 * day));
    const stays = happens(random, 0.75);
    return {
      id: `customer-${String(index + 1).padStart(5, "0")}`,
      name: `${pick(random, firstNames)} ${pick(random, lastNames)}`,
      market: happens(random, britishShare) ? "gb" : "eu",
      segment,
      budget: drawBudget(random, segment),
      ...(happens(random, loyalShare) && { favouriteBrand: pick(random, brands) }),
      favouriteKinds: lottery ? Array.from({ length: 2 + geometric(random, 1.5, 4) }, () => lottery.draw(random)) : [],
      appetite: heavyTailed(random, 0.25),
      activity: heavyTailed(random, 0.08),
      joinedAt,
      leftAt: stays ? until : Math.floor(between(random, joinedAt + 10 * day, until)),
      online: !happens(random, offlineShare),
      devices: happens(random, 0.25) ? 2 : 1,
    };
  });
}

function drawBudget(random: Random, { budgets }: Segment): Budget {
  const ticket = random.next();
  if (ticket < budgets[0]) return 0;
  return ticket < budgets[0] + budgets[1] ? 1 : 2;
}
