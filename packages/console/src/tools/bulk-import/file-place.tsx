/** Where a file is dropped, or chosen by mouse and keyboard: a real file field under a wide label. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { formatBytes } from "./format-bytes.ts";

export interface FilePlaceProps {
  readonly file: File | undefined;
  readonly onFile: (file: File) => void;
  readonly disabled: boolean;
}

export function FilePlace({ file, onFile, disabled }: FilePlaceProps): JSX.Element {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null | undefined): void => {
    const [first] = files ?? [];
    if (first) onFile(first);
  };
  return (
    <div
      class={`file-place ${isOver ? "file-place--over" : ""}`.trim()}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!disabled) take(event.dataTransfer?.files);
      }}
    >
      <input
        id={id}
        type="file"
        class="file-place__input"
        accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.gz"
        disabled={disabled}
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          currentTarget.value = "";
        }}
      />
      <label for={id}>
        <Icon name="upload" />
        {file ? (
          <span>
            <strong>{file.name}</strong> <span class="quiet">{formatBytes(file.size)}</span>
          </span>
        ) : (
          <span>
            <strong>Choose a file</strong> <span class="quiet">or drop it here</span>
          </span>
        )}
      </label>
    </div>
  );
}
