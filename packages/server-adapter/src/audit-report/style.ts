/** The page's style: system fonts, dark and light, 390 px to wide, and paper. */
export const reportStyle = `
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #20242c; --soft: #5d6573; --line: #e2dfd6; --card: #fff; --accent: #1f6f54; --accent-soft: #cfe6dc; --warn: #b5542b; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171c; --ink: #e9ecf1; --soft: #a3abb9; --line: #2c323c; --card: #1b2027; --accent: #5cc9a0; --accent-soft: #24493b; --warn: #f0996f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 ui-sans-serif, system-ui, sans-serif; }
header, main { max-width: 1080px; margin: 0 auto; padding: 0 clamp(16px, 4vw, 40px); }
header { padding-top: clamp(28px, 6vw, 64px); }
h1 { font-size: clamp(1.7rem, 4.5vw, 2.6rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 8px; text-wrap: balance; }
h2 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 8px; text-wrap: balance; }
header p { color: var(--soft); margin: 0; }
.headline { display: grid; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); gap: 12px; margin: 28px 0 20px; }
.headline div { display: flex; flex-direction: column-reverse; justify-content: flex-end; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 16px 18px; }
.headline dt { color: var(--soft); }
.headline dd { margin: 0; font-size: 1.9rem; font-weight: 650; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
nav ol { list-style: none; display: flex; flex-wrap: wrap; gap: 6px 8px; padding: 2px; margin: 0 0 8px; }
nav li { margin: 0; }
nav a { display: inline-block; padding: 4px 12px; border: 1px solid var(--line); border-radius: 999px; color: var(--ink); text-decoration: none; font-size: 0.9rem; }
nav a:hover, nav a:focus-visible { border-color: var(--accent); color: var(--accent); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: clamp(18px, 3vw, 30px); margin: 20px 0; }
section > p { max-width: 74ch; color: var(--soft); margin: 0 0 14px; }
ul { padding-left: 1.1em; max-width: 80ch; } li { margin: 6px 0; }
.scroll { overflow-x: auto; margin-top: 14px; border-radius: 8px; }
.scroll:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); font-size: 0.85rem; padding-bottom: 6px; }
th, td { padding: 7px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--soft); font-size: 0.8rem; vertical-align: bottom; }
#shop table { max-width: 34rem; }
td.left { min-width: 150px; } tbody tr:last-child td { border-bottom: 0; }
.left { text-align: left; } .right { text-align: right; } td.right { white-space: nowrap; }
.chart { display: grid; grid-template-columns: minmax(0, 24rem) 1fr; gap: 4px 14px; align-items: center; margin: 18px 0 22px; font-size: 0.85rem; }
.chart .label { text-align: right; line-height: 1.35; text-wrap: pretty; } .chart .key { color: var(--soft); font-size: 0.78rem; }
.chart i { position: absolute; }
.axis { position: relative; height: 18px; margin-right: 12px; } .tick { transform: translateX(-50%); font-style: normal; color: var(--soft); font-size: 0.75rem; }
.track { position: relative; height: 22px; margin-right: 12px; border-radius: 4px; background: var(--paper); }
.track.plain { background: none; display: flex; align-items: center; gap: 8px; }
.chart .mark { top: -2px; bottom: -2px; border-left: 2px dashed var(--warn); }
.chart .interval { top: 9px; height: 4px; border-radius: 2px; background: var(--accent); opacity: 0.45; }
.chart .point { top: 5.5px; width: 11px; height: 11px; border-radius: 50%; background: var(--accent); transform: translateX(-50%); }
.chart .bar { position: static; height: 16px; border-radius: 4px; background: var(--accent); } .chart .value { color: var(--soft); white-space: nowrap; }
@media (max-width: 700px) {
  .chart { grid-template-columns: 1fr; gap: 2px; } .chart .label { text-align: left; } .chart .label:not(:first-child) { margin-top: 6px; }
  nav ol { flex-wrap: nowrap; overflow-x: auto; margin-inline: -16px; padding-inline: 16px; } nav a { white-space: nowrap; }
  td.right { white-space: normal; } td.left { min-width: 120px; }
}
@media print { body { background: #fff; } nav { display: none; } section { break-inside: avoid; border: 0; padding: 0; } }
`;
