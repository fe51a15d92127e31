/** Try it: a shopper made up here, what they would see, and how it was decided; beside another strategy if one likes. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useResource } from "../../api/use-resource.ts";
import { useConsole } from "../../console.ts";
import { search, setSearch } from "../../routing/location.ts";
import { placementOf, somebody, type Situation } from "./situation-form.tsx";
import { TryBeside } from "./try-beside.tsx";
import { strategyName } from "./words.ts";

export function TryIt(): JSX.Element {
  const { api } = useConsole();
  const { value: listed } = useResource((signal) => api.listStrategies({}, { signal }), []);
  const fields = search.value;
  const strategy = fields.get("strategy") ?? "";
  const [rest, setRest] = useState(somebody);
  const situation = { ...rest, placement: placementOf(fields.get("placement")) };
  const change = ({ placement, ...next }: Situation): void => {
    setRest({ placement, ...next });
    if (placement !== situation.placement) setSearch({ placement });
  };
  return (
    <TryBeside candidate={strategy === "" ? {} : { id: strategy }} situation={situation} onSituation={change}>
      <label class="field">
        <span class="field__name">Strategy</span>
        <select
          class="input"
          value={strategy}
          onChange={({ currentTarget }) => setSearch({ strategy: currentTarget.value })}
        >
          <option value="">The one that serves there</option>
          {listed?.data.map(({ id }) => (
            <option key={id} value={id}>
              {strategyName(id)}
            </option>
          ))}
        </select>
      </label>
    </TryBeside>
  );
}
