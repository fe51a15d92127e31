/** What was decided, newest first, narrowed by what stands in the address. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { DecisionLine } from "../../api/contract.ts";
import { usePages } from "../../api/use-pages.ts";
import { useConsole } from "../../console.ts";
import { formatInteger } from "../../format/numbers.ts";
import { formatShortTime } from "../../format/times.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { placementName, placements } from "../../parts/placement-name.ts";
import { ProductName } from "../../parts/product-name.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { Tag } from "../../parts/tag.tsx";
import { addressOf, search, setSearch } from "../../routing/location.ts";
import { knownStatuses, statusWords, strategyName } from "./words.ts";

const filterNames = ["placement", "status", "customerId", "sessionId", "from", "until"] as const;
type Filters = Readonly<Partial<Record<(typeof filterNames)[number], string>>>;

export function DecisionLog(): JSX.Element {
  const { api } = useConsole();
  const filters = readFilters(search.value);
  const query = queryOf(filters);
  const log = usePages(
    (cursor, signal) => api.listDecisions({ query: { ...query, limit: 50, ...(cursor && { cursor }) } }, { signal }),
    [JSON.stringify(query)],
  );
  const isNarrowed = Object.keys(query).length > 0;
  return (
    <>
      <FilterForm filters={filters} />
      <Loaded value={log.items} problem={log.problem} onRetry={log.reload} what="the decisions" lines={12}>
        {(decisions) =>
          decisions.length > 0 ? (
            <LogTable decisions={decisions} more={log.hasMore ? { load: log.more, loading: log.loading } : undefined} />
          ) : (
            <Empty title={isNarrowed ? "No decision fits these filters" : "Nothing was decided yet"}>
              <p>
                {isNarrowed ? "Take one of them away." : "Every answer to a page leaves a line here, with its receipt."}
              </p>
              {!isNarrowed && (
                <a class="button" href={addressOf("recommendations/try")}>
                  Try a recommendation
                </a>
              )}
            </Empty>
          )
        }
      </Loaded>
    </>
  );
}

interface LogTableProps {
  readonly decisions: readonly DecisionLine[];
  readonly more: { readonly load: () => void; readonly loading: boolean } | undefined;
}

function LogTable({ decisions, more }: LogTableProps): JSX.Element {
  return (
    <DataTable
      caption="Decisions"
      rows={decisions}
      keyOf={({ id }) => id}
      more={more}
      columns={[
        {
          header: "Time",
          cell: ({ id, decidedAt }) => (
            <a href={addressOf(`recommendations/log/${encodeURIComponent(id)}`)}>
              <time dateTime={decidedAt}>{formatShortTime(decidedAt)}</time>
            </a>
          ),
          sortBy: ({ decidedAt }) => Date.parse(decidedAt),
        },
        {
          header: "Placement",
          cell: ({ placement }) => <span class="whole">{placementName(placement)}</span>,
          sortBy: ({ placement }) => placementName(placement),
        },
        {
          header: "Strategy",
          cell: ({ strategy }) => strategyName(strategy.id),
          sortBy: ({ strategy }) => strategyName(strategy.id),
        },
        {
          header: "Answer",
          cell: (decision) => <StatusTag status={decision.status} />,
          sortBy: ({ status }) => status,
        },
        { header: "Shown", cell: ({ slate }) => <Shown slate={slate} />, sortBy: ({ slate }) => slate.length },
        outcome("Seen", ({ impressions }) => impressions),
        outcome("Clicks", ({ clicks }) => clicks),
        outcome("Added", ({ addToCarts }) => addToCarts),
        outcome("Bought", ({ purchases }) => purchases),
      ]}
    />
  );
}

const outcome = (header: string, of: (outcomes: DecisionLine["outcomes"]) => number) => ({
  header,
  numeric: true,
  cell: ({ outcomes }: DecisionLine) => formatInteger(of(outcomes)),
  sortBy: ({ outcomes }: DecisionLine) => of(outcomes),
});

export function StatusTag({ status }: { readonly status: string }): JSX.Element {
  const { name, tone } = statusWords(status);
  return <Tag tone={tone}>{name}</Tag>;
}

function Shown({ slate }: { readonly slate: DecisionLine["slate"] }): JSX.Element {
  const [first] = slate;
  if (!first) return <span class="quiet">Nothing</span>;
  return (
    <span class="shown">
      <ProductName id={first.productId} />
      {slate.length > 1 && <span class="quiet"> and {slate.length - 1} more</span>}
    </span>
  );
}

function FilterForm({ filters }: { readonly filters: Filters }): JSX.Element {
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <FilterSelect
        name="placement"
        label="Placement"
        value={filters.placement}
        options={placements.map((value) => ({ value, label: placementName(value) }))}
      />
      <FilterSelect
        name="status"
        label="Answer"
        value={filters.status}
        options={knownStatuses.map((value) => ({ value, label: statusWords(value).name }))}
      />
      <FilterInput name="customerId" label="Customer" value={filters.customerId} />
      <FilterInput name="sessionId" label="Visit" value={filters.sessionId} />
      <FilterInput name="from" label="From" type="date" value={filters.from} />
      <FilterInput name="until" label="To" type="date" value={filters.until} />
      {Object.keys(filters).length > 0 && (
        <button
          type="button"
          class="button button--quiet"
          onClick={() => setSearch(Object.fromEntries(filterNames.map((name) => [name, ""])))}
        >
          Clear
        </button>
      )}
    </form>
  );
}

interface FilterProps {
  readonly name: keyof Filters;
  readonly label: string;
  readonly value: string | undefined;
}

function FilterSelect({
  name,
  label,
  value = "",
  options,
}: FilterProps & { readonly options: readonly { readonly value: string; readonly label: string }[] }): JSX.Element {
  const id = useId();
  return (
    <label class="field" for={id}>
      <span class="field__name">{label}</span>
      <select
        id={id}
        class="input"
        value={value}
        onChange={(event) => setSearch({ [name]: event.currentTarget.value })}
      >
        <option value="">All</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function FilterInput({
  name,
  label,
  value = "",
  type = "text",
}: FilterProps & { readonly type?: "text" | "date" }): JSX.Element {
  return (
    <label class="field">
      <span class="field__name">{label}</span>
      <input
        class="input"
        {...(type === "date" ? { type } : { type })}
        value={value}
        autocomplete="off"
        onChange={(event) => setSearch({ [name]: event.currentTarget.value.trim() })}
      />
    </label>
  );
}

function readFilters(fields: URLSearchParams): Filters {
  const given = filterNames.map((name) => [name, fields.get(name) ?? ""] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}

/** Days become times: from their first moment, to their last, in this browser's time zone. */
function queryOf({ from, until, ...rest }: Filters): Filters {
  return {
    ...rest,
    ...(from && { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(until && { until: new Date(`${until}T23:59:59.999`).toISOString() }),
  };
}
