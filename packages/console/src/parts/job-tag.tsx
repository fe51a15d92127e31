/** The state of work that goes on after an answer. */
import type { JSX } from "preact";
import { Tag } from "./tag.tsx";

export type JobStatus = "queued" | "running" | "done" | "failed" | "undoing" | "undone";

const words = {
  queued: { name: "Waiting", tone: "plain" },
  running: { name: "Running", tone: "low" },
  done: { name: "Done", tone: "good" },
  failed: { name: "Failed", tone: "bad" },
  undoing: { name: "Being taken back", tone: "low" },
  undone: { name: "Taken back", tone: "plain" },
} as const;

export function JobTag({ status }: { readonly status: JobStatus }): JSX.Element {
  const { name, tone } = words[status];
  return <Tag tone={tone}>{name}</Tag>;
}
