import { isObject, parseJson } from "../json";

/** One section of a storage-schemas.conf: the series it is about, and how far apart their finest points are. */
export interface Schema {
  readonly name: string;
  /** Undefined for one that is no regular expression here, though Python may take it. */
  readonly pattern: RegExp | undefined;
  /** Seconds between two points of the first archive. */
  readonly seconds: number;
}

/** What sends series, and how often. */
export interface Sender {
  readonly what: string;
  readonly seconds: number;
  /** What all its series start with; undefined when it does not say. */
  readonly prefix: string | undefined;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 };
/** `10s:1d` or `10:8640`: what carbon takes (Graphite documentation, "Configuring Carbon", 2026-11). */
const FIRST_ARCHIVE = /^\s*(\d+)\s*([a-z]*)\s*:/;

/** The sections of a storage-schemas.conf; undefined for a text that is none. */
export function schemasIn(text: string): Schema[] | undefined {
  const found = sections(text).flatMap(({ name, settings }) => {
    const pattern = settings.get("pattern");
    const [, count, unit = ""] = FIRST_ARCHIVE.exec(settings.get("retentions") ?? "") ?? [];
    const seconds = Number(count) * (UNIT_SECONDS[unit === "" ? "s" : unit] ?? Number.NaN);
    return pattern !== undefined && Number.isFinite(seconds) ? [{ name, pattern: compiled(pattern), seconds }] : [];
  });
  return found.length > 0 ? found : undefined;
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * What a text configures to send to Graphite: Netdata's exporting.conf, StatsD's settings in JSON, and Telegraf's.
 * Sources: Netdata documentation, "Export metrics to Graphite"; exampleConfig.js of StatsD; Telegraf's output plugin graphite (2026-11).
 */
export function sendersIn(text: string): Sender[] {
  return [...netdataIn(text), ...statsdIn(text), ...telegrafIn(text)];
}

function netdataIn(text: string): Sender[] {
  const own = sections(text);
  const byDefault = own.find(({ name }) => name === "exporting:global")?.settings.get("update every");
  return own
    .filter(({ name, settings }) => name.startsWith("graphite:") && settings.get("enabled") !== "no")
    .flatMap(({ settings }) => {
      const seconds = Number(settings.get("update every") ?? byDefault ?? NETDATA_SECONDS);
      return Number.isFinite(seconds) ? [{ what: "Netdata", seconds, prefix: settings.get("prefix") }] : [];
    });
}

/** How often Netdata exports unless it is told. Source: Netdata documentation, "Exporting reference" (2026-11). */
const NETDATA_SECONDS = 10;
/** How often StatsD flushes unless it is told, in milliseconds. Source: exampleConfig.js of StatsD (2026-11). */
const STATSD_MS = 10_000;
const MS_PER_SECOND = 1_000;

function statsdIn(text: string): Sender[] {
  if (!text.includes("graphiteHost")) return [];
  const settings = parseJson(text);
  if (settings instanceof Error || !isObject(settings)) return statsdText(text);
  const { flushInterval = STATSD_MS, graphite } = settings;
  const prefix = isObject(graphite) ? graphite["globalPrefix"] : undefined;
  return [
    {
      what: "StatsD",
      seconds: Number(flushInterval) / MS_PER_SECOND,
      prefix: typeof prefix === "string" ? prefix : undefined,
    },
  ];
}

/** StatsD reads JavaScript, so its settings may be no JSON. */
function statsdText(text: string): Sender[] {
  const flush = /flushInterval["']?\s*:\s*(\d+)/.exec(text)?.[1];
  const prefix = /globalPrefix["']?\s*:\s*["']([^"']*)["']/.exec(text)?.[1];
  return [{ what: "StatsD", seconds: Number(flush ?? STATSD_MS) / MS_PER_SECOND, prefix }];
}

function telegrafIn(text: string): Sender[] {
  if (!/^\s*\[\[outputs\.graphite\]\]/m.test(text)) return [];
  const seconds = /^\s*flush_interval\s*=\s*"(\d+)s"/m.exec(text)?.[1] ?? /^\s*interval\s*=\s*"(\d+)s"/m.exec(text)?.[1];
  const prefix = /^\s*prefix\s*=\s*"([^"]*)"/m.exec(text)?.[1];
  return seconds === undefined ? [] : [{ what: "Telegraf", seconds: Number(seconds), prefix }];
}

interface Section {
  readonly name: string;
  readonly settings: ReadonlyMap<string, string>;
}

/** The sections of a text in the form of `[name]` and `key = value`. */
function sections(text: string): Section[] {
  const result: { name: string; settings: Map<string, string> }[] = [];
  for (const line of text.split("\n")) {
    const name = /^\s*\[([^\]]+)\]\s*$/.exec(line)?.[1];
    if (name !== undefined) result.push({ name, settings: new Map() });
    const [, key, value] = /^\s*([^#;=[]+?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) result.at(-1)?.settings.set(key.toLowerCase(), value);
  }
  return result;
}
