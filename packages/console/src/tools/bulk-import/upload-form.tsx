/** Choosing or dropping a file, saying what it is, and sending it with its progress shown. */
import type { JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useConsole } from "../../console.ts";
import { Card } from "../../parts/card.tsx";
import { ProblemPanel } from "../../parts/problem-panel.tsx";
import { Progress } from "../../parts/progress.tsx";
import { Segments } from "../../parts/segments.tsx";
import { FilePlace } from "./file-place.tsx";
import { formatBytes } from "./format-bytes.ts";

const kinds = [
  { value: "orders", label: "Orders" },
  { value: "products", label: "Products" },
] as const;
type Kind = (typeof kinds)[number]["value"];

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
  const [sent, setSent] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const sending = useRef<AbortController | undefined>(undefined);
  const isSending = sent !== undefined;

  const send = async (): Promise<void> => {
    if (!file || isSending) return;
    sending.current = new AbortController();
    setSent(0);
    setProblem(undefined);
    try {
      const request = { file, kind, ...(currency && { currency }), ...(timeZone && { timeZone }) };
      const { importId } = await api.importFile(request, { onProgress: setSent, signal: sending.current.signal });
      setFile(undefined);
      notices.show("done", `${file.name} is here; it is being read.`);
      onQueued(importId);
    } catch (error) {
      if (!sending.current.signal.aborted) setProblem(asProblem(error));
    }
    setSent(undefined);
  };

  return (
    <Card
      title="Import a file"
      lead="CSV or JSON lines, plain or gzip, as shop systems export them. Columns are found by their names."
    >
      <form
        class="upload"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <FilePlace file={file} onFile={setFile} disabled={isSending} />
        <div class="upload__fields">
          <Segments name="What it holds" options={kinds} value={kind} onChange={setKind} />
          <CurrencyField value={currency} onChange={setCurrency} />
          {kind === "orders" && <TimeZoneField value={timeZone} onChange={setTimeZone} />}
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
          <div>
            <button type="submit" class="button" aria-disabled={!file}>
              Import
            </button>
            {!file && <span class="quiet upload__hint">Choose a file first.</span>}
          </div>
        )}
      </form>
    </Card>
  );
}

/** Hundreds of options, made once: a key press compares none of them. */
const optionsOf = (key: "currency" | "timeZone"): JSX.Element[] =>
  Intl.supportedValuesOf(key).map((value) => <option key={value} value={value} />);
const currencyOptions = optionsOf("currency");
const timeZoneOptions = optionsOf("timeZone");

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function CurrencyField({ value, onChange }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <label class="field" for={id}>
      <span class="field__name">Currency</span>
      <input
        id={id}
        class="input upload__currency"
        value={value}
        placeholder="As in the file"
        list={`${id}-codes`}
        maxLength={3}
        pattern="[A-Z]{3}"
        title="A code of three letters, for example EUR"
        autocomplete="off"
        onInput={({ currentTarget }) => onChange(currentTarget.value.toUpperCase())}
      />
      <datalist id={`${id}-codes`}>{currencyOptions}</datalist>
    </label>
  );
}

/** For times that the file writes without one. */
function TimeZoneField({ value, onChange }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <label class="field" for={id}>
      <span class="field__name">Time zone</span>
      <input
        id={id}
        class="input"
        value={value}
        list={`${id}-zones`}
        autocomplete="off"
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <datalist id={`${id}-zones`}>{timeZoneOptions}</datalist>
    </label>
  );
}
