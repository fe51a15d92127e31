/** Recommendations: which strategy serves where, what was decided and why, and a place to try it. */
import type { JSX } from "preact";
import { SubNavigation } from "../parts/sub-navigation.tsx";
import { TabHeader } from "../parts/tab-header.tsx";
import type { TabProps } from "../tabs.ts";
import { DecisionLog } from "./recommendations/decision-log.tsx";
import { DecisionPage } from "./recommendations/decision-page.tsx";
import { Strategies } from "./recommendations/strategies.tsx";
import { NewStrategy, StrategyPage } from "./recommendations/strategy-page.tsx";
import { TryIt } from "./recommendations/try-it.tsx";

const views = [
  { path: "recommendations", title: "Strategies" },
  { path: "recommendations/log", title: "Decision log" },
  { path: "recommendations/try", title: "Try it" },
];

export function Recommendations({ rest: [view, id] }: TabProps): JSX.Element {
  const current = view === "log" || view === "try" ? `recommendations/${view}` : "recommendations";
  return (
    <>
      <TabHeader title="Recommendations" question="Which strategy serves where, and why was this shown?" />
      <SubNavigation label="Views of recommendations" views={views} current={current} />
      {view === "log" && id ? (
        <DecisionPage key={id} id={id} />
      ) : view === "log" ? (
        <DecisionLog />
      ) : view === "try" ? (
        <TryIt />
      ) : view === "new" ? (
        <NewStrategy />
      ) : view === "strategies" && id ? (
        <StrategyPage key={id} id={id} />
      ) : (
        <Strategies />
      )}
    </>
  );
}
