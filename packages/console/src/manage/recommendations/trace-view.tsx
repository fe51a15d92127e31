/** What every step of a decision saw and did, as tables one can open. */
import type { FullTrace } from "@basketlift/engine/decision";
import type { ComponentChildren, JSX } from "preact";
import { formatDecimal, formatInteger, formatWholePercent } from "../../format/numbers.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { ProductName } from "../../parts/product-name.tsx";
import { EvidenceCell } from "./evidence-cell.tsx";
import {
  armName,
  factorName,
  occasionName,
  refusalName,
  sourceName,
  startingPointName,
  strategyName,
} from "./words.ts";

export function TraceView({ trace }: { readonly trace: FullTrace }): JSX.Element {
  return (
    <ol class="trace">
      <ContextStep trace={trace} />
      <SourcesStep trace={trace} />
      <CandidatesStep trace={trace} />
      <RefusedStep trace={trace} />
      <PoolStep trace={trace} />
      <SlateStep trace={trace} />
      {trace.shadow && <ShadowStep shadow={trace.shadow} />}
    </ol>
  );
}

interface StepProps {
  readonly title: string;
  /** What it came to, in a few words. */
  readonly outcome: string;
  readonly open?: boolean;
  readonly children: ComponentChildren;
}

function Step({ title, outcome, open = false, children }: StepProps): JSX.Element {
  return (
    <li>
      <details open={open}>
        <summary>
          <span class="trace__title">{title}</span> <span class="quiet">{outcome}</span>
        </summary>
        <div class="trace__body">{children}</div>
      </details>
    </li>
  );
}

interface TraceProps {
  readonly trace: FullTrace;
}

function ContextStep({ trace: { context } }: TraceProps): JSX.Element {
  const points = Object.entries(context.startingPoints).filter(([, products]) => products.length > 0);
  return (
    <Step title="Who and where" outcome={`market ${context.market}, ${armName(context.arm).toLowerCase()}`}>
      {points.length === 0 && (
        <p class="quiet">Nothing is known about this shopper: everybody would be answered alike.</p>
      )}
      <dl class="points">
        {points.map(([from, products]) => (
          <div key={from}>
            <dt>From {startingPointName(from)}</dt>
            <dd>
              {products.map((id, index) => (
                <span key={id}>
                  {index > 0 && ", "}
                  <ProductName id={id} />
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {context.unknownProducts.length > 0 && <p>Not in the catalogue: {context.unknownProducts.join(", ")}.</p>}
    </Step>
  );
}

function SourcesStep({ trace: { strategy, missingSources, fallbacks } }: TraceProps): JSX.Element {
  return (
    <Step
      title="Strategy"
      outcome={strategy.version === 0 ? "your draft" : `${strategyName(strategy.id)}, version ${strategy.version}`}
    >
      <DataTable
        caption="What the strategy is made of"
        rows={strategy.sources}
        keyOf={({ source, from }) => `${source} ${from}`}
        columns={[
          { header: "Source", cell: ({ source }) => sourceName(source) },
          {
            header: "From",
            cell: ({ from, insteadOf }) =>
              insteadOf === undefined
                ? startingPointName(from)
                : `${startingPointName(from)}, where ${sourceName(insteadOf)} has nothing to say`,
          },
          {
            header: "Weight",
            numeric: true,
            cell: ({ weight }) => formatDecimal(weight),
            sortBy: ({ weight }) => weight,
          },
        ]}
      />
      {missingSources.length > 0 && (
        <p>
          {missingSources
            .map(({ source, why }) => `${sourceName(source)} ${why === "failed" ? "failed" : "was never trained"}`)
            .join("; ")}
          .
        </p>
      )}
      {fallbacks.map(({ fallback, why, added }) => (
        <p key={fallback}>
          {occasionName(why)}: fallback {fallback + 1} was asked and brought{" "}
          {added === 1 ? "1 product" : `${formatInteger(added)} products`}.
        </p>
      ))}
    </Step>
  );
}

function CandidatesStep({ trace: { candidates } }: TraceProps): JSX.Element {
  const rows = candidates.flatMap(({ source, from, products }) =>
    products.map(({ productId, score }, place) => ({ source, from, productId, score, place })),
  );
  return (
    <Step
      title="Candidates"
      outcome={`${formatInteger(rows.length)} from ${candidates.length} ${candidates.length === 1 ? "source" : "sources"}`}
    >
      <DataTable
        caption="Candidates"
        rows={rows}
        pageSize={10}
        keyOf={({ source, from, productId }) => `${source} ${from} ${productId}`}
        columns={[
          { header: "Product", cell: ({ productId }) => <ProductName id={productId} /> },
          {
            header: "Proposed by",
            cell: ({ source }) => sourceName(source),
            sortBy: ({ source }) => sourceName(source),
          },
          { header: "From", cell: ({ from }) => startingPointName(from), sortBy: ({ from }) => from },
          { header: "Its place", numeric: true, cell: ({ place }) => place + 1, sortBy: ({ place }) => place },
          {
            header: "Its score",
            numeric: true,
            cell: ({ score }) => formatDecimal(score, 3),
            sortBy: ({ score }) => score,
          },
        ]}
      />
    </Step>
  );
}

function RefusedStep({ trace: { refused, filled } }: TraceProps): JSX.Element {
  const toppedUp = filled > 0 ? `, ${formatInteger(filled)} filled in` : "";
  return (
    <Step title="Not allowed here" outcome={`${formatInteger(refused.length)} left out${toppedUp}`}>
      {refused.length === 0 ? (
        <p class="quiet">Every candidate may be shown.</p>
      ) : (
        <DataTable
          caption="Left out"
          rows={refused}
          pageSize={10}
          keyOf={({ productId }) => productId}
          columns={[
            { header: "Product", cell: ({ productId }) => <ProductName id={productId} /> },
            { header: "Why", cell: ({ why }) => refusalName(why), sortBy: ({ why }) => refusalName(why) },
          ]}
        />
      )}
    </Step>
  );
}

type PoolLine = FullTrace["pool"][number];

/** What may bend a score, in the order of the columns. */
const factorNames = ["margin", "stockCover", "novelty", "campaign", "rules"] as const;

const figureOf = (value: number | undefined): string => (value === undefined ? "–" : formatDecimal(value, 3));

function PoolStep({ trace: { pool } }: TraceProps): JSX.Element {
  const bends = factorNames.filter((name) => pool.some(({ factors }) => factors?.[name] !== undefined));
  return (
    <Step title="Scores" outcome={`${formatInteger(pool.length)} to choose from`}>
      <DataTable
        caption="Scores"
        rows={pool}
        pageSize={10}
        keyOf={({ productId }) => productId}
        columns={[
          { header: "Product", cell: ({ productId }) => <ProductName id={productId} /> },
          {
            header: "Relevance",
            numeric: true,
            cell: ({ relevance }) => formatDecimal(relevance, 3),
            sortBy: ({ relevance }) => relevance,
          },
          ...bends.map((name) => ({
            header: factorName(name),
            numeric: true,
            cell: ({ factors }: PoolLine) => figureOf(factors?.[name]),
            sortBy: ({ factors }: PoolLine) => factors?.[name] ?? 0,
          })),
          {
            header: "Score",
            numeric: true,
            cell: ({ score }) => formatDecimal(score, 3),
            sortBy: ({ score }) => score,
          },
        ]}
      />
    </Step>
  );
}

function SlateStep({ trace: { slate } }: TraceProps): JSX.Element {
  return (
    <Step title="Answer" outcome={`${formatInteger(slate.length)} shown`} open>
      <DataTable
        caption="Answer"
        rows={slate}
        keyOf={({ productId }) => productId}
        columns={[
          { header: "Product", cell: ({ productId }) => <ProductName id={productId} /> },
          { header: "Told the shopper", cell: ({ reason }) => reason },
          {
            header: "What its score is made of",
            cell: ({ evidence, inFigures }) => <EvidenceCell evidence={evidence} inFigures={inFigures} />,
          },
          {
            header: "Chance",
            numeric: true,
            cell: ({ propensity }) => formatWholePercent(propensity),
            sortBy: ({ propensity }) => propensity,
          },
        ]}
      />
    </Step>
  );
}

/** What the strategy in the shadow made of the same question. Nobody was shown it. */
function ShadowStep({
  shadow: { strategy, slate, overlap },
}: {
  readonly shadow: NonNullable<FullTrace["shadow"]>;
}): JSX.Element {
  return (
    <Step
      title={`In the shadow: ${strategyName(strategy.id)}`}
      outcome={`${formatInteger(overlap.shared)} of ${formatInteger(overlap.either)} products are in both, ${formatInteger(overlap.samePlace)} in the same place`}
    >
      <DataTable
        caption="What the shadow would have shown"
        rows={slate}
        keyOf={({ productId }) => productId}
        columns={[
          { header: "Product", cell: ({ productId }) => <ProductName id={productId} /> },
          {
            header: "Chance",
            numeric: true,
            cell: ({ propensity }) => formatWholePercent(propensity),
            sortBy: ({ propensity }) => propensity,
          },
        ]}
      />
    </Step>
  );
}
