import { describe, expect, it } from "vitest";
import { InvalidFile, InvalidInput } from "../errors.ts";
import { readModel, writeModel, type ModelFile } from "./model-file.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

const model: ModelFile = {
  kind: "item-neighbours",
  settings: { neighbours: 100, damping: 0.25, similarity: "cosine", normalised: true, größe: "ja" },
  columns: { offsets: Uint32Array.of(0, 1, 2), scores: Float32Array.of(0.5, 0.25), flags: new Uint8Array() },
};

/** A file with the given metadata in place of a model's own. */
function fileWith(metadata: Record<string, string>): Uint8Array {
  const own = Object.fromEntries(readSafetensors(writeModel(model)).metadata);
  return writeSafetensors(model.columns, { ...own, ...metadata });
}

describe("a model file", () => {
  it("gives the model back", () => {
    expect(readModel(writeModel(model))).toEqual(model);
  });

  it("is the same bytes for the same model", () => {
    const { neighbours, ...others } = model.settings;
    expect(writeModel({ ...model, settings: { ...others, ...(neighbours && { neighbours }) } })).toEqual(
      writeModel(model),
    );
  });

  it("of a newer major version is refused, of a newer minor version read", () => {
    expect(() => readModel(fileWith({ formatVersion: "2.0" }))).toThrow(
      "The model has format version 2.0; this engine reads up to 1. Update the engine or train again.",
    );
    expect(readModel(fileWith({ formatVersion: "1.7" }))).toEqual(model);
  });

  it.each([
    ["another format", { format: "pt" }, 'is no model: its metadata lack "format"'],
    ["no version", { formatVersion: "new" }, 'format version "new"'],
    ["no kind", { kind: "" }, "does not say of what kind"],
    ["settings that are no JSON", { settings: "{" }, "settings are not JSON"],
    ["settings that are a list", { settings: "[]" }, "settings are not an object"],
    ["a setting that is null", { settings: '{"a":null}' }, 'setting "a" is no text, number or boolean'],
  ])("with %s is refused with the reason", (_, metadata, reason) => {
    expect(() => readModel(fileWith(metadata))).toThrow(InvalidFile);
    expect(() => readModel(fileWith(metadata))).toThrow(reason);
  });

  it("cannot hold a setting that JSON would lose", () => {
    expect(() => writeModel({ ...model, settings: { damping: Number.NaN } })).toThrow(InvalidInput);
    expect(() => writeModel({ ...model, settings: { damping: Infinity } })).toThrow("settings.damping must be");
  });
});
