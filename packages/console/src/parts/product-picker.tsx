/** Finds products by a few letters of their title: a combobox with a list, after the ARIA Authoring Practices. */
import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { useConsole } from "../console.ts";
import { useActiveOption, type ActiveOption } from "./active-option.ts";
import { Icon } from "./icon.tsx";
import { ProductName } from "./product-name.tsx";

export interface ProductPickerProps {
  readonly label: string;
  readonly hint?: string;
  /** Ids of the chosen products, in the order they were chosen. */
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  /** How many may be chosen. */
  readonly most?: number;
}

interface Found {
  readonly id: string;
  readonly title: string;
}

const pauseMilliseconds = 200;
/** The list scrolls: better a few more than the one that is looked for left out. */
const found = 20;

export function ProductPicker({ label, hint, value, onChange, most = 20 }: ProductPickerProps): JSX.Element {
  const id = useId();
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const matches = useProductSearch(isOpen ? text : "").filter((product) => !value.includes(product.id));
  const options = useActiveOption(isOpen ? matches.length : 0);

  const type = (typed: string): void => {
    setText(typed);
    options.mark(0);
    setOpen(typed !== "");
  };
  const choose = (product: Found | undefined): void => {
    if (!product) return;
    onChange([...value, product.id].slice(-most));
    type("");
  };
  return (
    <div class="field picker">
      <label class="field__name" for={`${id}-input`}>
        {label}
      </label>
      <div class="picker__box">
        <Chosen products={value} onChange={onChange} />
        <PickerInput
          {...{ id, text, options, isListed: isOpen && matches.length > 0, hasHint: hint !== undefined }}
          placeholder={value.length === 0 ? "Title of a product" : ""}
          onType={type}
          onChoose={() => choose(matches[options.active])}
          onClose={() => setOpen(false)}
          onTakeBack={() => onChange(value.slice(0, -1))}
        />
      </div>
      {hint && (
        <span id={`${id}-hint`} class="quiet field__hint">
          {hint}
        </span>
      )}
      <Matches label={label} matches={isOpen ? matches : []} options={options} onChoose={choose} />
    </div>
  );
}

interface PickerInputProps {
  readonly id: string;
  readonly text: string;
  readonly placeholder: string;
  readonly options: ActiveOption;
  readonly isListed: boolean;
  readonly hasHint: boolean;
  readonly onType: (text: string) => void;
  readonly onChoose: () => void;
  readonly onClose: () => void;
  /** The last one that was chosen is not wanted after all. */
  readonly onTakeBack: () => void;
}

function PickerInput(props: PickerInputProps): JSX.Element {
  const { id, text, placeholder, options, isListed, hasHint, onType, onChoose, onClose, onTakeBack } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    const isMoved = options.move(event.key);
    if (event.key === "Enter" && isListed) onChoose();
    else if (event.key === "Escape" && isListed) onClose();
    else if (event.key === "Backspace" && text === "") onTakeBack();
    else if (!isMoved) return;
    event.preventDefault();
  };
  return (
    <input
      id={`${id}-input`}
      role="combobox"
      aria-expanded={isListed}
      aria-controls={options.listId}
      aria-autocomplete="list"
      aria-activedescendant={isListed ? options.optionId(options.active) : undefined}
      aria-describedby={hasHint ? `${id}-hint` : undefined}
      autocomplete="off"
      placeholder={placeholder}
      value={text}
      onInput={(event) => onType(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={onClose}
    />
  );
}

interface MatchesProps {
  readonly label: string;
  readonly matches: readonly Found[];
  readonly options: ActiveOption;
  readonly onChoose: (product: Found) => void;
}

function Matches({ label, matches, options, onChoose }: MatchesProps): JSX.Element {
  return (
    <ul id={options.listId} role="listbox" aria-label={label} class="picker__list" hidden={matches.length === 0}>
      {matches.map((product, index) => (
        <li
          key={product.id}
          id={options.optionId(index)}
          role="option"
          aria-selected={index === options.active}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(product)}
        >
          {product.title} <span class="quiet">{product.id}</span>
        </li>
      ))}
    </ul>
  );
}

interface ChosenProps {
  readonly products: readonly string[];
  readonly onChange: (products: readonly string[]) => void;
}

function Chosen({ products, onChange }: ChosenProps): JSX.Element {
  const { titles } = useConsole();
  return (
    <>
      {products.map((id) => (
        <span key={id} class="picker__chosen">
          <ProductName id={id} />
          <button
            type="button"
            aria-label={`Remove ${titles.titleOf(id) ?? id}`}
            onClick={() => onChange(products.filter((other) => other !== id))}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
    </>
  );
}

/** Waits for a pause in the typing; answers to earlier letters are dropped. */
function useProductSearch(text: string): readonly Found[] {
  const { api, titles } = useConsole();
  const [products, setProducts] = useState<readonly Found[]>([]);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === "") {
      setProducts([]);
      return undefined;
    }
    const end = new AbortController();
    const timer = setTimeout(() => {
      api.listProducts({ query: { search: wanted, limit: found } }, { signal: end.signal }).then(
        ({ data }) => {
          if (end.signal.aborted) return;
          for (const { id, title } of data) titles.learn(id, title);
          setProducts(data);
        },
        () => setProducts([]),
      );
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [wanted]);
  return products;
}
