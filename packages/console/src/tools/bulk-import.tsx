/** Bulk Import: a file of orders or products in, a report in words out, and the training that follows. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { usePages } from "../api/use-pages.ts";
import { useConsole, useMayWrite } from "../console.ts";
import { Card } from "../parts/card.tsx";
import { Empty, Loaded } from "../parts/states.tsx";
import { TabHeader } from "../parts/tab-header.tsx";
import { addressOf } from "../routing/location.ts";
import type { TabProps } from "../tabs.ts";
import { ImportHistory } from "./bulk-import/import-history.tsx";
import { ImportPage } from "./bulk-import/import-page.tsx";
import { TrainNow } from "./bulk-import/train-now.tsx";
import { UploadForm } from "./bulk-import/upload-form.tsx";

export function BulkImport({ rest: [id] }: TabProps): JSX.Element {
  return (
    <>
      <TabHeader title="Bulk Import" question="Bring in orders and products from a file." />
      {id ? <ImportPage key={id} id={id} onBack={addressOf("bulk-import")} /> : <Imports />}
    </>
  );
}

function Imports(): JSX.Element {
  const { api } = useConsole();
  const mayWrite = useMayWrite();
  const [newest, setNewest] = useState<string>();
  const history = usePages(
    (cursor, signal) => api.listImports({ query: { limit: 25, ...(cursor && { cursor }) } }, { signal }),
    [newest],
  );
  return (
    <div class="stack">
      {mayWrite ? (
        <UploadForm onQueued={setNewest} />
      ) : (
        <p class="quiet">You may look at imports. To bring in files, ask for the role of an editor.</p>
      )}
      {newest !== undefined && <ImportPage key={newest} id={newest} onEnd={history.reload} />}
      <Card title="Earlier imports">
        <Loaded value={history.items} problem={history.problem} onRetry={history.reload} what="the imports" lines={4}>
          {(imports) =>
            imports.length === 0 ? (
              <Empty title="No file was imported yet">
                <p>Start with an export of your orders: one row for each product of each order.</p>
              </Empty>
            ) : (
              <ImportHistory
                imports={imports}
                more={history.hasMore ? { load: history.more, loading: history.loading } : undefined}
              />
            )
          }
        </Loaded>
      </Card>
      {mayWrite && newest === undefined && <TrainNow lead="Learns from everything imported so far" />}
    </div>
  );
}
