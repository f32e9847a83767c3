import { printable } from "../../plan/report/wrapped";
import { nameOf, typeOf } from "../../plan/urn";
import { type PlatformEvent } from "../events/events";
import { shortType } from "./words";

/** Something that is said once, at once, and stays. */
export interface News {
  readonly kind: "failure" | "warning" | "note";
  readonly text: string;
}

/** What a line of news begins with. */
export const MARKS: Readonly<Record<News["kind"], string>> = { failure: "✗", warning: "!", note: "•" };

/** What nobody should wait to hear: failures, warnings, and what recovery did. The same is said once. */
export class NewsReader {
  private readonly said = new Set<string>();

  read(event: PlatformEvent): News | undefined {
    const news = newsOf(event);
    if (news === undefined || this.said.has(news.text)) return undefined;
    this.said.add(news.text);
    return news;
  }
}

function newsOf(event: PlatformEvent): News | undefined {
  if (event.kind === "resource" && event.phase === "failed") return { kind: "failure", text: `${who(event.urn)}: ${event.op} failed` };
  // What stops the operation is its result.
  if (event.kind === "guard") return event.stops ? undefined : { kind: "note", text: printable(event.message) };
  if (event.kind === "recovery") return { kind: "note", text: about(event.urn, event.message) };
  if (event.kind !== "diagnostic" || event.severity === "info") return undefined;
  return { kind: event.severity === "error" ? "failure" : "warning", text: about(event.urn, event.message) };
}

function about(urn: string | undefined, message: string): string {
  const text = printable(message).trim();
  return urn === undefined || typeOf(urn) === "pulumi:pulumi:Stack" ? text : `${who(urn)}: ${text}`;
}

function who(urn: string): string {
  return `${printable(nameOf(urn))} (${shortType(typeOf(urn))})`;
}
