/** Try it: a shopper made up here, what they would see, and how it was decided. */
import type { Location } from "@basketlift/engine/decision";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Answer } from "../../api/contract.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useResource } from "../../api/use-resource.ts";
import { useConsole } from "../../console.ts";
import { Card } from "../../parts/card.tsx";
import { placementName } from "../../parts/placement-name.ts";
import { ProblemPanel } from "../../parts/problem-panel.tsx";
import { ProductPicker } from "../../parts/product-picker.tsx";
import { search } from "../../routing/location.ts";
import { isRecommendation, isStrategy, isTrace } from "./engine-data.ts";
import { ShopperView } from "./shopper-view.tsx";
import { TraceView } from "./trace-view.tsx";
import { strategyName } from "./words.ts";

/** What a made-up shopper does. */
interface Situation {
  readonly placement: Location;
  /** Empty for the one that serves the placement. */
  readonly strategy: string;
  readonly product: readonly string[];
  readonly cart: readonly string[];
  readonly session: readonly string[];
}

const places: readonly Location[] = [
  "pdp",
  "cart",
  "checkout",
  "post-purchase",
  "homepage",
  "category",
  "search",
  "email",
];

export function TryIt(): JSX.Element {
  const { api } = useConsole();
  const [situation, setSituation] = useState<Situation>({
    placement: "pdp",
    strategy: search.value.get("strategy") ?? "",
    product: [],
    cart: [],
    session: [],
  });
  const [answer, setAnswer] = useState<Answer<"explainRecommendation">>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  const explain = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      setAnswer(await api.explainRecommendation({ body: bodyOf(situation) }));
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };

  return (
    <div class="try">
      <SituationForm situation={situation} onChange={setSituation} busy={busy} onSubmit={() => void explain()} />
      <div class="try__answer" aria-live="polite" aria-busy={busy}>
        {problem && <ProblemPanel problem={problem} onRetry={() => void explain()} />}
        {answer ? (
          <Explained answer={answer} />
        ) : (
          !problem && (
            <div class="empty">
              <p class="empty__title">What would a shopper see?</p>
              <p>Choose a product or fill a cart, then decide. Nothing here is logged or counted.</p>
            </div>
          )
        )}
      </div>
    </div>
  );
}

interface SituationFormProps {
  readonly situation: Situation;
  readonly onChange: (situation: Situation) => void;
  readonly busy: boolean;
  readonly onSubmit: () => void;
}

function SituationForm({ situation, onChange, busy, onSubmit }: SituationFormProps): JSX.Element {
  const { api } = useConsole();
  const { value: listed } = useResource((signal) => api.listStrategies({}, { signal }), []);
  const strategies = listed?.data.filter(isStrategy) ?? [];
  const change = (part: Partial<Situation>): void => onChange({ ...situation, ...part });
  return (
    <form
      class="card try__form"
      aria-label="The shopper"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <label class="field">
        <span class="field__name">Placement</span>
        <select
          class="input"
          value={situation.placement}
          onChange={({ currentTarget: { value } }) => {
            const placement = places.find((place) => place === value);
            if (placement) change({ placement });
          }}
        >
          {places.map((place) => (
            <option key={place} value={place}>
              {placementName(place)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="field__name">Strategy</span>
        <select
          class="input"
          value={situation.strategy}
          onChange={({ currentTarget: { value } }) => change({ strategy: value })}
        >
          <option value="">The one that serves there</option>
          {strategies.map(({ id }) => (
            <option key={id} value={id}>
              {strategyName(id)}
            </option>
          ))}
        </select>
      </label>
      <ProductPicker label="Looks at" value={situation.product} onChange={(product) => change({ product })} most={1} />
      <ProductPicker label="In the cart" value={situation.cart} onChange={(cart) => change({ cart })} />
      <ProductPicker
        label="Looked at before"
        hint="Oldest first"
        value={situation.session}
        onChange={(session) => change({ session })}
      />
      <button type="submit" class="button" aria-disabled={busy}>
        {busy ? "Deciding" : "Decide"}
      </button>
    </form>
  );
}

function Explained({
  answer: { recommendation, trace },
}: {
  readonly answer: Answer<"explainRecommendation">;
}): JSX.Element {
  return (
    <div class="stack">
      {isRecommendation(recommendation) && <ShopperView recommendation={recommendation} />}
      {isTrace(trace) && (
        <Card title="How it was decided" lead="Every step, first to last">
          <TraceView trace={trace} />
        </Card>
      )}
    </div>
  );
}

function bodyOf({ placement, strategy, product: [productId], cart, session }: Situation) {
  return {
    placement,
    ...(strategy && { strategy }),
    ...(productId !== undefined && { productId }),
    ...(cart.length > 0 && { cart: cart.map((id) => ({ productId: id, quantity: 1 })) }),
    ...(session.length > 0 && { session: [...session] }),
  };
}
