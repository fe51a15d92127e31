/** The fields of what a strategy may ask for beyond its sources: what moves products up, what makes a mix, what is left out. */
import type { JSX } from "preact";
import type { StrategyDefinition } from "../../api/contract.ts";
import { FieldGroup } from "./field-group.tsx";
import { ChoiceField, NumberField } from "./labelled-field.tsx";
import {
  changed,
  marginPullIn,
  varietyIn,
  weightIn,
  withCalibration,
  withLeastMargin,
  withMarginPull,
  withVariety,
  withWeight,
} from "./strategy-draft.ts";
import { unknownAgeWords } from "./words.ts";

export interface RefinementFieldsProps {
  readonly draft: StrategyDefinition;
  readonly onChange: (draft: StrategyDefinition) => void;
  /** What the server says about a field. */
  readonly about: (pointer: string) => string | undefined;
}

const share = { minimum: 0, maximum: 1 } as const;
const count = { minimum: 1, maximum: 100, step: 1, optional: true, hint: "Empty for no limit." } as const;

/** Pulls on the score. */
export function ScoreFields({ draft, onChange, about }: RefinementFieldsProps): JSX.Element {
  const weightOf = (name: "relevance" | "stockCover" | "novelty") => ({
    ...share,
    value: weightIn(draft, name),
    complaint: about(`/weights/${name}`),
    onChange: (weight: number | undefined): void => {
      if (weight !== undefined) onChange(withWeight(draft, name, weight));
    },
  });
  return (
    <FieldGroup title="What moves a product up" hint="From 0, where it plays no part, to 1, where it counts in full.">
      <NumberField
        label="Relevance"
        hint="How well it fits by the sources. Less than 1 levels the differences."
        {...weightOf("relevance")}
      />
      <NumberField
        label="Margin"
        hint="What a sale is expected to leave after returns."
        {...share}
        value={marginPullIn(draft)}
        complaint={about("/weights/margin") ?? about("/marginWeight")}
        onChange={(pull) => pull !== undefined && onChange(withMarginPull(draft, pull))}
      />
      <NumberField
        label="Stock cover"
        hint="What would soon sell out sinks, what lies in heaps rises."
        {...weightOf("stockCover")}
      />
      <NumberField label="Novelty" hint="New in the shop, or seen by few." {...weightOf("novelty")} />
    </FieldGroup>
  );
}

/** What keeps an answer from being the same thing many times over. */
export function VarietyFields({ draft, onChange, about }: RefinementFieldsProps): JSX.Element {
  return (
    <FieldGroup title="Variety">
      <NumberField
        label="At most of one category"
        {...count}
        value={draft.perCategory}
        complaint={about("/perCategory")}
        onChange={(perCategory) => onChange(changed(draft, { perCategory }))}
      />
      <NumberField
        label="At most of one brand"
        {...count}
        value={draft.perBrand}
        complaint={about("/perBrand")}
        onChange={(perBrand) => onChange(changed(draft, { perBrand }))}
      />
      <NumberField
        label="Unlike side by side"
        hint="0 goes by the score alone. The higher, the less alike the products of one answer are."
        {...share}
        value={varietyIn(draft)}
        complaint={about("/diversity/lambda")}
        onChange={(variety) => variety !== undefined && onChange(withVariety(draft, variety))}
      />
      <NumberField
        label="The shopper's own mix"
        hint="0 for none. The higher, the closer the categories keep to what the shopper looked at and bought."
        {...share}
        value={draft.diversity?.calibration ?? 0}
        complaint={about("/diversity/calibration")}
        onChange={(pull) => pull !== undefined && onChange(withCalibration(draft, pull))}
      />
    </FieldGroup>
  );
}

/** What is not worth showing, or not to everybody. */
export function LeftOutFields({ draft, onChange, about }: RefinementFieldsProps): JSX.Element {
  const rate = draft.minimumMargin?.rate;
  return (
    <FieldGroup title="What is left out">
      <NumberField
        label="Below this margin, in %"
        hint="Of the net price, after returns; what has no known cost is left out too. Empty for no limit."
        optional
        minimum={0}
        maximum={100}
        value={rate === undefined ? undefined : asRead(rate * 100)}
        complaint={about("/minimumMargin/rate") ?? about("/minimumMargin")}
        onChange={(percent) =>
          onChange(withLeastMargin(draft, percent === undefined ? undefined : asRead(percent / 100)))
        }
      />
      <ChoiceField
        label="Where the age is unknown"
        hint="For products with a minimum age. Show them where the shop asks for it later."
        value={draft.unknownAge ?? "hide"}
        options={unknownAgeWords}
        complaint={about("/unknownAge")}
        onChange={(unknownAge) =>
          onChange(changed(draft, { unknownAge: unknownAge === "hide" ? undefined : unknownAge }))
        }
      />
    </FieldGroup>
  );
}

/** 7 % is 0.07 to a reader, and 0.07 is 7 %. */
const asRead = (value: number): number => Number(value.toPrecision(12));
