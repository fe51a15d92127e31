/** Reads interactions one at a time into typed columns, checking each. 18 bytes an event and no object. */
import { createIdentifiers, type Identifiers } from "../catalogue/identifiers.ts";
import { InvalidInput } from "../errors.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { Interaction } from "./order.ts";
import { interactionCode } from "./session-history.ts";
import { parseTime } from "./time.ts";
import { isDeclaredBot } from "./user-agents.ts";

/** Stands for a product that the catalogue does not know. */
export const unknownProduct = 0xffffffff;

/** Events in the order of their arrival. Columns may be longer than `length`. */
export interface InteractionColumns {
  readonly length: number;
  readonly visitors: Identifiers;
  readonly visitor: Uint32Array;
  /** Catalogue index, or `unknownProduct`. */
  readonly product: Uint32Array;
  /** Codes of `interactionCode`. */
  readonly kind: Uint8Array;
  /** Milliseconds since 1970, UTC. */
  readonly occurredAt: Float64Array;
  /** 1 where the user agent named itself a machine; absent when no event had a user agent. */
  readonly declaredBot: Uint8Array | undefined;
}

/** Events that are read between two pauses. */
const eventsAPiece = 1024;

/** @throws InvalidInput naming the event by its place: no visitor, no known kind, a time that is not RFC 3339 */
export function* readInteractions(
  interactions: Iterable<Interaction>,
  catalogueIds: Identifiers,
): InPieces<InteractionColumns> {
  const visitors = createIdentifiers();
  const visitor = new GrowingColumn(Uint32Array);
  const product = new GrowingColumn(Uint32Array);
  const kind = new GrowingColumn(Uint8Array);
  const occurredAt = new GrowingColumn(Float64Array);
  const declaredBot = new GrowingColumn(Uint8Array);
  const agents = createAgents();
  for (const interaction of interactions) {
    const { visitorId, productId, userAgent } = interaction;
    const place = visitor.length;
    if (place % eventsAPiece === 0) yield;
    if (!visitorId) throw new InvalidInput(`interactions[${place}].visitorId`, visitorId, "a non-empty id");
    visitor.push(visitors.intern(visitorId));
    product.push(catalogueIds.indexOf(productId) ?? unknownProduct);
    kind.push(codeOf(interaction, place));
    occurredAt.push(timeOf(interaction, place));
    declaredBot.push(userAgent === undefined ? 0 : agents.judge(userAgent));
  }
  return {
    length: visitor.length,
    visitors,
    visitor: visitor.store,
    product: product.store,
    kind: kind.store,
    occurredAt: occurredAt.store,
    declaredBot: agents.seen() ? declaredBot.store : undefined,
  };
}

function codeOf({ kind }: Interaction, place: number): number {
  if (!Object.hasOwn(interactionCode, kind)) {
    const known = Object.keys(interactionCode).join(", ");
    throw new InvalidInput(`interactions[${place}].kind`, kind, `one of ${known}`);
  }
  return interactionCode[kind];
}

function timeOf({ occurredAt }: Interaction, place: number): number {
  const time = parseTime(occurredAt);
  if (Number.isNaN(time)) {
    throw new InvalidInput(
      `interactions[${place}].occurredAt`,
      occurredAt,
      'an RFC 3339 time such as "2026-01-31T08:00:00Z"',
    );
  }
  return time;
}

/** Judges each distinct user agent once: a shop sees a few thousand of them in a million events. */
function createAgents(): { judge(userAgent: string): number; seen(): boolean } {
  const verdicts = new Map<string, number>();
  return {
    seen: () => verdicts.size > 0,
    judge(userAgent) {
      let verdict = verdicts.get(userAgent);
      if (verdict === undefined) {
        verdict = Number(isDeclaredBot(userAgent));
        verdicts.set(userAgent, verdict);
      }
      return verdict;
    },
  };
}
