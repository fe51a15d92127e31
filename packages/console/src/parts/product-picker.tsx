/** Finds products by a few letters of their title: a combobox with a list, after the ARIA Authoring Practices. */
import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { useConsole } from "../console.ts";
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
const found = 8;

export function ProductPicker({ label, hint, value, onChange, most = 20 }: ProductPickerProps): JSX.Element {
  const id = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const matches = useProductSearch(isOpen ? text : "").filter((product) => !value.includes(product.id));
  const isListed = isOpen && matches.length > 0;

  const choose = (product: Found | undefined): void => {
    if (!product) return;
    onChange([...value, product.id].slice(-most));
    setText("");
    setActive(0);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && isListed) setActive((active + step + matches.length) % matches.length);
    else if (event.key === "Enter" && isListed) choose(matches[active]);
    else if (event.key === "Escape" && isListed) setOpen(false);
    else if (event.key === "Backspace" && text === "" && value.length > 0) onChange(value.slice(0, -1));
    else return;
    event.preventDefault();
  };

  return (
    <div class="field picker">
      <label class="field__name" for={`${id}-input`}>
        {label}
      </label>
      <div class="picker__box">
        {value.map((product) => (
          <Chosen key={product} id={product} remove={() => onChange(value.filter((other) => other !== product))} />
        ))}
        <input
          id={`${id}-input`}
          role="combobox"
          aria-expanded={isListed}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isListed ? `${id}-${active}` : undefined}
          aria-describedby={hint ? `${id}-hint` : undefined}
          autocomplete="off"
          placeholder={value.length === 0 ? "Title of a product" : ""}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
            setOpen(true);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
      </div>
      {hint && (
        <span id={`${id}-hint`} class="quiet field__hint">
          {hint}
        </span>
      )}
      <ul id={`${id}-list`} role="listbox" aria-label={label} class="picker__list" hidden={!isListed}>
        {matches.map((product, index) => (
          <li
            key={product.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            // The field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(product)}
          >
            {product.title} <span class="quiet">{product.id}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Chosen({ id, remove }: { readonly id: string; readonly remove: () => void }): JSX.Element {
  const { titles } = useConsole();
  return (
    <span class="picker__chosen">
      <ProductName id={id} />
      <button type="button" aria-label={`Remove ${titles.titleOf(id) ?? id}`} onClick={remove}>
        <Icon name="close" />
      </button>
    </span>
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
