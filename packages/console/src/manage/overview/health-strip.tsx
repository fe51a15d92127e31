/** Whether everything behind the figures works, in one line. */
import type { JSX } from "preact";
import type { Incrementality, Overview, ServerStatus } from "../../api/contract.ts";
import type { Problem } from "../../api/problem.ts";
import { useResource } from "../../api/use-resource.ts";
import { useConsole } from "../../console.ts";
import { formatInteger, formatPercent } from "../../format/numbers.ts";
import { formatAge, formatDuration } from "../../format/times.ts";
import type { Tone } from "../../parts/tag.tsx";

interface Sign {
  readonly name: string;
  readonly words: string;
  readonly tone: Tone;
}

export interface HealthStripProps {
  readonly overview: Overview;
  readonly lift: Incrementality;
}

const pollMilliseconds = 10_000;

export function HealthStrip({ overview, lift }: HealthStripProps): JSX.Element {
  const { api } = useConsole();
  const { value: status, problem } = useResource((signal) => api.status({}, { signal }), [], {
    every: () => pollMilliseconds,
  });
  const signs: readonly Sign[] = [
    ...serverSigns(status, problem),
    experimentSign(lift),
    { name: "Without consent", words: `${formatPercent(overview.withoutConsent)} of events`, tone: "plain" },
  ];
  return (
    <ul class="health" aria-label="Health">
      {signs.map(({ name, words, tone }) => (
        <li key={name} class={`health__sign health__sign--${tone}`}>
          <span class="health__name">{name}</span> {words}
        </li>
      ))}
    </ul>
  );
}

function experimentSign({ sampleRatio, treatment, holdout }: Incrementality): Sign {
  const name = "Experiment";
  if (treatment.visitors + holdout.visitors === 0) return { name, words: "nobody takes part yet", tone: "plain" };
  return sampleRatio.alarm
    ? { name, words: "groups are out of balance", tone: "bad" }
    : { name, words: "groups are in balance", tone: "good" };
}

/** What was known before a failure is not known any more. */
function serverSigns(status: ServerStatus | undefined, problem: Problem | undefined): readonly Sign[] {
  if (problem) return [{ name: "Server", words: problem.title, tone: "bad" }];
  return status ? signsOf(status) : [{ name: "Server", words: "asking", tone: "plain" }];
}

/** So many events waiting mean that they come faster than they are kept. */
const manyWaiting = 5000;

/** @returns the parts of the server, each with a word on its state */
export function signsOf({ database, engine, events, version, uptimeSeconds }: ServerStatus): readonly Sign[] {
  return [
    {
      name: "Database",
      words: database.state === "up" ? "up" : `down${database.detail ? `: ${database.detail}` : ""}`,
      tone: database.state === "up" ? "good" : "bad",
    },
    {
      name: "Engine",
      words:
        engine.state === "serving"
          ? `serving${engine.trainedAt ? `, trained ${formatAge(engine.trainedAt)}` : ""}`
          : "not trained yet",
      tone: engine.state === "serving" ? "good" : "low",
    },
    {
      name: "Events",
      words: events.waiting === 0 ? "all kept" : `${formatInteger(events.waiting)} waiting`,
      tone: events.waiting > manyWaiting ? "low" : "good",
    },
    { name: `Version ${version}`, words: `up ${formatDuration(uptimeSeconds)}`, tone: "plain" },
  ];
}
