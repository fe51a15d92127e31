/** How a chosen file would be read: its columns, its first rows, and what would be left out. */
import type { JSX } from "preact";
import type { ImportPreview } from "../../api/contract.ts";
import type { Resource } from "../../api/use-resource.ts";
import { formatInteger } from "../../format/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { Loaded } from "../../parts/states.tsx";
import { MappingTable } from "./mapping-table.tsx";
import { PreviewProblems } from "./preview-problems.tsx";
import { PreviewRows } from "./preview-rows.tsx";

export interface FilePreviewProps {
  readonly preview: Resource<ImportPreview>;
  readonly onChoose: (header: string, field: string) => void;
}

export function FilePreview({ preview: { value, problem, reload }, onChoose }: FilePreviewProps): JSX.Element {
  return (
    <div class="preview">
      <Loaded value={value} problem={problem} onRetry={reload} what="how the file would be read" lines={8}>
        {(preview) => (
          <>
            <p role="status" class={preview.problem === null ? "verdict" : "verdict verdict--bad"}>
              {preview.problem !== null && <Icon name="warning" />} {preview.problem ?? inOneLine(preview)}
            </p>
            {preview.columns.length > 0 && (
              <section>
                <h3>Columns</h3>
                <MappingTable preview={preview} onChoose={onChoose} />
              </section>
            )}
            {preview.rows.length > 0 && (
              <section>
                <h3>First rows</h3>
                <PreviewRows preview={preview} />
              </section>
            )}
            {preview.problems.length > 0 && (
              <section>
                <h3>Would be left out</h3>
                <PreviewProblems preview={preview} />
              </section>
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}

/** @example "The first 9,980 rows were looked at: 9,721 can be used, 259 would be left out." */
function inOneLine({ file: { isWhole, rows }, skipped }: ImportPreview): string {
  const left = skipped.reduce((sum, { count }) => sum + count, 0);
  const looked = isWhole
    ? `All ${formatInteger(rows)} rows were looked at`
    : `The first ${formatInteger(rows)} rows were looked at`;
  const used = `${formatInteger(Math.max(0, rows - left))} can be used`;
  return `${looked}: ${used}${left > 0 ? `, ${formatInteger(left)} would be left out` : ""}. Nothing is written yet.`;
}
