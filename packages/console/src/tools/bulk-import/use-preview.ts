/** How the chosen file would be read: asked again whenever what is said of it changes. */
import type { ImportRequest } from "../../api/client.ts";
import type { ImportPreview } from "../../api/contract.ts";
import { useResource, type Resource } from "../../api/use-resource.ts";
import { useConsole } from "../../console.ts";

/** @returns the preview of this file, never of the one before; without a file, none */
export function usePreview(request: ImportRequest | undefined): Resource<ImportPreview> {
  const { api } = useConsole();
  const { file, ...settings } = request ?? {};
  const said = JSON.stringify(settings);
  const { value, ...rest } = useResource(
    async (signal) => request && { of: request, preview: await api.previewFile(request, { signal }) },
    [file, said],
  );
  const isOfThis = value !== undefined && value.of.file === file && value.of.kind === request?.kind;
  return { ...rest, value: isOfThis ? value.preview : undefined };
}
