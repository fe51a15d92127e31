/** Dark, light, or as the system has it. */
import type { JSX } from "preact";
import { Segments } from "../parts/segments.tsx";
import { chooseTheme, theme, themes } from "./theme.ts";

const names = { system: "System", light: "Light", dark: "Dark" } as const;

export function ThemeSwitch(): JSX.Element {
  return (
    <Segments
      name="Appearance"
      options={themes.map((value) => ({ value, label: names[value] }))}
      value={theme.value}
      onChange={chooseTheme}
      hideName
    />
  );
}
