/** Choosing or dropping a file, saying what it is, seeing how it would be read, and sending it with its progress shown. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useConsole } from "../../console.ts";
import { Card } from "../../parts/card.tsx";
import { ProblemPanel } from "../../parts/problem-panel.tsx";
import { Progress } from "../../parts/progress.tsx";
import { Segments } from "../../parts/segments.tsx";
import { FilePlace } from "./file-place.tsx";
import { FilePreview } from "./file-preview.tsx";
import { formatBytes } from "./format-bytes.ts";
import { choose, columnsOf, type Choices } from "./mapping.ts";
import {
  CurrencyField,
  DateOrderField,
  isCurrency,
  isTimeZone,
  TimeZoneField,
  type DateOrder,
} from "./setting-fields.tsx";
import { usePreview } from "./use-preview.ts";

const kinds = [
  { value: "orders", label: "Orders" },
  { value: "products", label: "Products" },
] as const;
type Kind = (typeof kinds)[number]["value"];
/** A shop may book a line for each unit. */
const repeats = [
  { value: "drop", label: "Leave out" },
  { value: "keep", label: "Keep" },
] as const;

export interface UploadFormProps {
  /** Told the id of an import that the server took. */
  readonly onQueued: (importId: string) => void;
}

export function UploadForm({ onQueued }: UploadFormProps): JSX.Element {
  const { api, notices } = useConsole();
  const [file, setFile] = useState<File>();
  const [kind, setKind] = useState<Kind>("orders");
  const [currency, setCurrency] = useState("");
  const [timeZone, setTimeZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [dateOrder, setDateOrder] = useState<DateOrder>("found");
  const [repeatedRows, setRepeatedRows] = useState<(typeof repeats)[number]["value"]>("drop");
  const [choices, setChoices] = useState<Choices>({});
  const [sent, setSent] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const sending = useRef<AbortController | undefined>(undefined);
  const isSending = sent !== undefined;

  const request = file && {
    file,
    kind,
    ...(isCurrency(currency) && { currency }),
    ...(kind === "orders" && isTimeZone(timeZone) && { timeZone }),
    ...(kind === "orders" && dateOrder !== "found" && { dateOrder }),
    ...(kind === "orders" && repeatedRows === "keep" && { repeatedRows }),
    columns: choices,
  };
  const preview = usePreview(request);
  const fields = preview.value?.fields ?? [];

  const take = (chosen: File | undefined): void => {
    setFile(chosen);
    setChoices({});
    setProblem(undefined);
  };
  const send = async (): Promise<void> => {
    if (!request || isSending) return;
    sending.current = new AbortController();
    setSent(0);
    setProblem(undefined);
    try {
      const { importId } = await api.importFile(
        { ...request, columns: columnsOf(choices, fields) },
        { onProgress: setSent, signal: sending.current.signal },
      );
      take(undefined);
      notices.show("done", `${request.file.name} is here; it is being read.`);
      onQueued(importId);
    } catch (error) {
      if (!sending.current.signal.aborted) setProblem(asProblem(error));
    }
    setSent(undefined);
  };

  return (
    <Card
      title="Import a file"
      lead="CSV or JSON lines, plain or gzip, as shop systems export them. Nothing is written before you have seen how it is read."
    >
      <form
        class="upload"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <FilePlace file={file} onFile={take} disabled={isSending} />
        <div class="upload__fields">
          <Segments
            name="What it holds"
            options={kinds}
            value={kind}
            onChange={(chosen) => {
              setKind(chosen);
              setChoices({});
            }}
          />
          <CurrencyField value={currency} onChange={setCurrency} />
          {kind === "orders" && <TimeZoneField value={timeZone} onChange={setTimeZone} />}
          {kind === "orders" && <DateOrderField value={dateOrder} onChange={setDateOrder} />}
          {kind === "orders" && (
            <Segments name="Rows that repeat" options={repeats} value={repeatedRows} onChange={setRepeatedRows} />
          )}
        </div>
        {problem && <ProblemPanel problem={problem} onRetry={() => void send()} />}
        {isSending && file ? (
          <div class="upload__sending">
            <Progress label={`Sending ${file.name}`} share={sent}>
              {formatBytes(sent * file.size)} of {formatBytes(file.size)}
            </Progress>
            <button type="button" class="button button--quiet" onClick={() => sending.current?.abort()}>
              Cancel
            </button>
          </div>
        ) : (
          <div class="upload__start">
            <button type="submit" class="button" aria-disabled={!file}>
              Import
            </button>
            {file ? (
              <button type="button" class="button button--quiet" onClick={() => take(undefined)}>
                Choose another file
              </button>
            ) : (
              <span class="quiet upload__hint">Choose a file first.</span>
            )}
          </div>
        )}
        {file && !isSending && (
          <FilePreview
            preview={preview}
            onChoose={(header, field) => setChoices(choose(choices, fields, header, field))}
          />
        )}
      </form>
    </Card>
  );
}
