/** `basketlift recommend`: asks a trained engine, as a page would. */
import { loadEngine, type Engine } from "@basketlift/engine";
import { formatMoney, marketOf } from "@basketlift/engine/catalogue";
import {
  locations,
  type CartLine,
  type Location,
  type Recommendation,
  type RecommendationRequest,
} from "@basketlift/engine/decision";
import { readEngineDirectory } from "../../storage/engine-directory.ts";
import type { Command, Options } from "../command.ts";
import { engineOption } from "../engine-option.ts";
import { exitCode, UsageError } from "../exit.ts";

export const recommend: Command = {
  name: "recommend",
  summary: "Ask a trained engine what to show.",
  usage: "recommend [--engine DIR] [--product ID | --cart ID ... | --customer ID] [options]",
  description: "Decides as a page would and says why. Lists are given by repeating the option.",
  options: {
    ...engineOption,
    placement: {
      type: "string",
      value: "PLACE",
      help: `One of ${locations.join(", ")}. Found from the other options when left out.`,
    },
    product: { type: "string", value: "ID", help: "The product the page is about." },
    cart: { type: "string", multiple: true, value: "ID[:N]", help: "A product in the cart, and how many." },
    session: { type: "string", multiple: true, value: "ID", help: "A product looked at, oldest first." },
    purchase: { type: "string", multiple: true, value: "ID", help: "An earlier purchase, oldest first." },
    customer: { type: "string", value: "ID", help: "A customer of the imported orders." },
    visitor: { type: "string", value: "ID", help: "A visitor, who may fall into the holdout." },
    exclude: { type: "string", multiple: true, value: "ID", help: "A product that must not be answered." },
    strategy: { type: "string", value: "ID", help: "companions, similar or personal." },
    market: { type: "string", value: "ID", help: "The market, by its id." },
    limit: { type: "string", value: "N", help: "At most this many products." },
    explain: { type: "boolean", help: "Print what every step of the decision saw and did." },
    json: { type: "boolean", help: "Print JSON." },
  },
  async run({ options, terminal }) {
    const request = requestOf(options);
    const { files } = await readEngineDirectory(options.text("engine") ?? "");
    const engine = await loadEngine(files);
    const { recommendation, trace } = engine.trace(request);
    if (options.flag("json")) {
      terminal.print(
        JSON.stringify(options.flag("explain") ? { recommendation, trace } : recommendation, undefined, 2),
      );
      return exitCode.done;
    }
    for (const id of trace.context.unknownProducts) terminal.note(`The catalogue has no product "${id}".`);
    terminal.print(inWords(recommendation, engine, request.market));
    if (options.flag("explain")) terminal.print(JSON.stringify(trace, undefined, 2));
    return exitCode.done;
  },
};

function requestOf(options: Options): RecommendationRequest {
  const limit = options.integer("limit", 1);
  const [product, customer, visitor, strategy, market] = ["product", "customer", "visitor", "strategy", "market"].map(
    (name) => options.text(name),
  );
  return {
    placement: placementOf(options),
    cart: options.texts("cart").map(cartLineOf),
    session: options.texts("session"),
    exclude: options.texts("exclude"),
    ...(options.texts("purchase").length > 0 && { purchases: options.texts("purchase") }),
    ...(limit !== undefined && { limit }),
    ...(product !== undefined && { productId: product }),
    ...(customer !== undefined && { customerId: customer }),
    ...(visitor !== undefined && { visitorId: visitor }),
    ...(strategy !== undefined && { strategy }),
    ...(market !== undefined && { market }),
  };
}

function placementOf(options: Options): Location {
  const asked = options.text("placement");
  if (asked === undefined) {
    if (options.text("product") !== undefined) return "pdp";
    return options.texts("cart").length > 0 ? "cart" : "homepage";
  }
  const placement = locations.find((location) => location === asked);
  if (!placement)
    throw new UsageError(`--placement must be one of ${locations.join(", ")}; received "${asked}".`, "recommend");
  return placement;
}

/** `mug:2` is two mugs; an id may itself hold a colon, so only a trailing number counts as one. */
function cartLineOf(text: string): CartLine {
  const match = /^(?<productId>.+):(?<quantity>\d+)$/.exec(text);
  return match?.groups
    ? { productId: match.groups.productId, quantity: Number(match.groups.quantity) }
    : { productId: text, quantity: 1 };
}

function inWords({ items, reasoning, status }: Recommendation, { catalogue }: Engine, marketId?: string): string {
  if (items.length === 0) return `${status}: ${reasoning}.`;
  const { locale } = marketOf(catalogue, marketId);
  return items
    .map(({ position, productId, title, price, currency, reason }) => {
      const place = String(position + 1).padStart(2);
      return `${place}. ${title} (${productId})  ${formatMoney(price, currency, locale)}\n    ${reason}`;
    })
    .join("\n");
}
