import * as common from "@grafana/grafana-foundation-sdk/common";
import * as grafana from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as LogsPanelBuilder } from "@grafana/grafana-foundation-sdk/logs";
import { PanelBuilder as TablePanelBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TextPanelBuilder, TextMode } from "@grafana/grafana-foundation-sdk/text";
import { PanelBuilder as TimeSeriesPanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type * as cog from "@grafana/grafana-foundation-sdk/cog";
import { type Lettered, type Query } from "./queries";

/** A panel that has yet to be placed. */
export type Panel = cog.Builder<grafana.Panel>;

/** Unit of a graph's axis, as Grafana calls it. */
export type Unit =
  "short" | "percent" | "percentunit" | "ms" | "s" | "bytes" | "mbytes" | "deckbytes" | "Kbits" | "reqps" | "gbytes" | "KiBs" | "Bps";

/** A dashboard's own part of a link: where it goes is told by its id. */
export interface DashboardLink {
  readonly title: string;
  /** Id of the dashboard it opens, with the same time range. */
  readonly uid: string;
}

/** A group of panels under a title. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** What a dashboard is made of. */
export interface DashboardParts {
  /** Same text in every deployment: links and bookmarks keep it. At most 40 letters, digits, `-` and `_`. */
  readonly uid: string;
  readonly title: string;
  /** For people who look for it: its layer and kind. */
  readonly tags: readonly string[];
  readonly rows: readonly Row[];
  readonly links?: readonly DashboardLink[];
  readonly variables?: readonly cog.Builder<grafana.VariableModel>[];
}

const WHOLE_WIDTH = 24;
const GRAPH = { width: 8, height: 7 } as const;
const LOGS_HEIGHT = 12;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** Grafana Foundation SDK 0.0.21 and Grafana's own API refuse a longer one. */
export const LONGEST_UID = 40;

function lettered(queries: readonly Lettered[]): Query[] {
  return queries.map((query, index) => query(LETTERS.charAt(index)));
}

/** What a graph shows beside its title. */
export interface GraphOptions {
  readonly unit: Unit;
  /** True adds the series up. Default: each by itself. */
  readonly stacked?: boolean;
  /** What the panel tells, for who reads it at night. */
  readonly description?: string;
}

/** A graph over time. */
export function graph(title: string, { unit, stacked, description }: GraphOptions, queries: readonly Lettered[]): Panel {
  const panel = new TimeSeriesPanelBuilder()
    .title(title)
    .unit(unit)
    .min(0)
    .span(GRAPH.width)
    .height(GRAPH.height)
    .lineWidth(1)
    .fillOpacity(10)
    .showPoints(common.VisibilityMode.Never)
    .targets(lettered(queries));
  if (description !== undefined) panel.description(description);
  if (stacked) panel.stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal));
  return panel;
}

/** The newest log lines. */
export function logLines(title: string, query: Lettered): Panel {
  return new LogsPanelBuilder()
    .title(title)
    .span(WHOLE_WIDTH)
    .height(LOGS_HEIGHT)
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .sortOrder(common.LogsSortOrder.Descending)
    .dedupStrategy(common.LogsDedupStrategy.None)
    .targets(lettered([query]));
}

/** A table of what a query finds. */
export function table(title: string, query: Lettered): Panel {
  return new TablePanelBuilder()
    .title(title)
    .span(WHOLE_WIDTH)
    .height(GRAPH.height)
    .targets(lettered([query]));
}

/** A text, for what has no graph. */
export function text(title: string, content: string): Panel {
  return new TextPanelBuilder().title(title).span(WHOLE_WIDTH).height(3).mode(TextMode.Markdown).content(content);
}

/** A panel under another title. */
export function titled(panel: Panel, change: (title: string) => string): Panel {
  return {
    build: () => {
      const made = panel.build();
      return { ...made, title: change(made.title ?? "") };
    },
  };
}

function link({ title, uid }: DashboardLink): cog.Builder<grafana.DashboardLink> {
  return new grafana.DashboardLinkBuilder(title).type(grafana.DashboardLinkType.Link).url(`/d/${uid}`).keepTime(true);
}

/**
 * Gives each panel its place: from left to right, in a new line where one does not fit any more. The SDK's own builder lets a wide panel stick
 * out to the right.
 */
function place(rows: readonly Row[]): (grafana.Panel | grafana.RowPanel)[] {
  const placed: (grafana.Panel | grafana.RowPanel)[] = [];
  let bottom = 0;
  for (const { title, panels } of rows) {
    if (panels.length === 0) continue;
    placed.push({ ...new grafana.RowBuilder(title).build(), gridPos: { x: 0, y: bottom, w: WHOLE_WIDTH, h: 1 } });
    let top = bottom + 1;
    let left = 0;
    bottom = top;
    for (const panel of panels.map((builder) => builder.build())) {
      const { w, h } = panel.gridPos ?? { w: GRAPH.width, h: GRAPH.height };
      if (left + w > WHOLE_WIDTH) {
        top = bottom;
        left = 0;
      }
      placed.push({ ...panel, gridPos: { x: left, y: top, w, h } });
      left += w;
      bottom = Math.max(bottom, top + h);
    }
  }
  return placed.map((panel, index) => ({ ...panel, id: index + 1 }));
}

/** Puts the rows of a dashboard under one another. */
export function dashboard({ uid, title, tags, rows, links = [], variables = [] }: DashboardParts): grafana.Dashboard {
  if (uid.length > LONGEST_UID || !/^[\w-]+$/.test(uid)) throw new Error(`${uid} is no id of a dashboard`);
  const made = new grafana.DashboardBuilder(title)
    .uid(uid)
    .tags([...tags])
    .refresh("1m")
    .time({ from: "now-3h", to: "now" })
    .timezone("utc")
    .tooltip(grafana.DashboardCursorSync.Crosshair)
    // What is changed in the browser is gone with the next deployment: it has to be changed here.
    .readonly()
    .links(links.map(link))
    .variables([...variables])
    .build();
  return { ...made, panels: place(rows) };
}
