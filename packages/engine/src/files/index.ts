export type { Column } from "./column.ts";
export { readModel, writeModel } from "./model-file.ts";
export type { ModelFile } from "./model-file.ts";
export { readSafetensors, writeSafetensors } from "./safetensors.ts";
export type { Tensor, TensorFile } from "./safetensors.ts";
export { decodeStrings, encodeStrings } from "./strings.ts";
export type { EncodedStrings } from "./strings.ts";
