import { useState } from "preact/hooks";
import { type ReportCost, type ReportData } from "../report-data";
import { Value } from "../value";
import { Absent, Section } from "./section";
import { type Column, Table } from "./table";
import { TreeMap } from "./tree-map";

type Line = ReportCost["lines"][number];
type OfService = ReportCost["totals"]["byService"][number];

/** What an environment costs a month, by layer and service, with every line and every assumption. */
export function CostSection({ data: { cost } }: { readonly data: ReportData }) {
  return (
    <Section
      id="cost"
      title="Cost"
      lead={
        <>
          <Value from={["cost", "totals", "monthlyUsd"]} as="usd" /> a month at list prices of {cost.region}
          {cost.budget && (
            <>
              , {cost.budget.over ? "over" : "within"} the budget of <Value from={["cost", "budget", "monthlyUsd"]} as="usd" />
            </>
          )}
          . What is not priced is listed, never counted as nothing.
        </>
      }
    >
      <Maps cost={cost} />
      <div class="columns">
        <div>
          <h3>By layer</h3>
          <Table caption="Cost by layer" rows={cost.totals.byLayer} columns={LAYERS} />
        </div>
        <div>
          <h3>By service</h3>
          <Table caption="Cost by service" rows={cost.totals.byService} columns={SERVICES} page={15} />
          <p class="muted">
            <Value from={["cost", "totals", "unattributedUsd"]} as="usd" /> is used by no service more than another.
          </p>
        </div>
      </div>
      <WhatIf cost={cost} />
      <h3>Every line</h3>
      <Table
        caption="Lines of the bill"
        rows={cost.lines}
        columns={LINES}
        text={({ name, what, layer, service = "" }) => `${name} ${what} ${layer} ${service}`}
        page={20}
      />
      {cost.rest.count > 0 && (
        <p class="muted">
          <Value from={["cost", "rest", "count"]} as="count" /> smaller lines are left out here, together{" "}
          <Value from={["cost", "rest", "monthlyUsd"]} as="usd" />.
        </p>
      )}
      <Folded title="Assumptions" path="assumptions">
        <Table caption="What was assumed" rows={cost.assumptions} columns={ASSUMPTIONS} page={20} />
      </Folded>
      <Folded title="Not priced" path="unpriced">
        {cost.unpriced.length === 0 ? (
          <Absent>Everything that costs money is priced.</Absent>
        ) : (
          <Table caption="What is not priced" rows={cost.unpriced} columns={UNPRICED} page={20} />
        )}
      </Folded>
    </Section>
  );
}

const LAYERS: readonly Column<{ readonly layer: string; readonly monthlyUsd: number }>[] = [
  { head: "Layer", order: ({ layer }) => layer, cell: ({ layer }) => layer },
  {
    head: "A month",
    numeric: true,
    order: ({ monthlyUsd }) => monthlyUsd,
    cell: (_, index) => <Value from={["cost", "totals", "byLayer", index, "monthlyUsd"]} as="usd" />,
  },
];

function usdOf(key: "ownUsd" | "sharedUsd" | "monthlyUsd", head: string): Column<OfService> {
  return {
    head,
    numeric: true,
    order: (row) => row[key],
    cell: (_, index) => <Value from={["cost", "totals", "byService", index, key]} as="usd" />,
  };
}

const SERVICES: readonly Column<OfService>[] = [
  { head: "Service", order: ({ service }) => service, cell: ({ service }) => service },
  usdOf("ownUsd", "Its own"),
  usdOf("sharedUsd", "Its part of what is shared"),
  usdOf("monthlyUsd", "A month"),
];

const LINES: readonly Column<Line>[] = [
  {
    head: "For",
    order: ({ name }) => name,
    cell: ({ name, layer, service }) => (
      <>
        {name}
        <br />
        <span class="muted">{service ?? layer}</span>
      </>
    ),
  },
  {
    head: "What",
    order: ({ what }) => what,
    cell: ({ what, basis }) => (
      <>
        {what} <span class="muted">{basis}</span>
      </>
    ),
  },
  {
    head: "Quantity",
    numeric: true,
    order: ({ quantity }) => quantity,
    cell: ({ unit }, index) => (
      <>
        <Value from={["cost", "lines", index, "quantity"]} as="quantity" /> {unit}
      </>
    ),
  },
  {
    head: "Price",
    numeric: true,
    cell: ({ source, date }, index) => (
      <span title={`${source}, ${date}`}>
        <Value from={["cost", "lines", index, "usdPerUnit"]} as="price" />
      </span>
    ),
  },
  {
    head: "A month",
    numeric: true,
    order: ({ monthlyUsd }) => monthlyUsd,
    cell: (_, index) => <Value from={["cost", "lines", index, "monthlyUsd"]} as="usd" />,
  },
];

const ASSUMPTIONS: readonly Column<ReportCost["assumptions"][number]>[] = [
  {
    head: "Assumed",
    cell: ({ what, id }) => (
      <>
        {what}
        <br />
        <code>{id}</code>
      </>
    ),
  },
  {
    head: "Value",
    numeric: true,
    cell: ({ unit }, index) => (
      <>
        <Value from={["cost", "assumptions", index, "value"]} as="quantity" /> {unit}
      </>
    ),
  },
  { head: "From", cell: ({ from }) => from },
];

const UNPRICED: readonly Column<ReportCost["unpriced"][number]>[] = [
  {
    head: "For",
    cell: ({ name, layer, service }) => (
      <>
        {name}
        <br />
        <span class="muted">{service ?? layer}</span>
      </>
    ),
  },
  { head: "What", cell: ({ what }) => what },
  { head: "Why", cell: ({ why }) => why },
];

function Maps({ cost }: { readonly cost: ReportCost }) {
  const [by, setBy] = useState<"layer" | "service">("layer");
  return (
    <>
      <div class="controls bar">
        <label>
          Areas by
          <select value={by} onChange={({ currentTarget }) => setBy(currentTarget.value === "service" ? "service" : "layer")}>
            <option value="layer">layer</option>
            <option value="service">service</option>
          </select>
        </label>
      </div>
      <TreeMap cost={cost} by={by} />
    </>
  );
}

function WhatIf({ cost }: { readonly cost: ReportCost }) {
  if (cost.whatIf.length === 0) return null;
  return (
    <>
      <h3>What would make it cheaper</h3>
      <ul class="what-if">
        {cost.whatIf.map(({ change, loses }, index) => (
          <li key={change}>
            <b>{change}</b> saves <Value from={["cost", "whatIf", index, "savesUsd"]} as="usd" /> a month and loses {loses}
          </li>
        ))}
      </ul>
    </>
  );
}

function Folded({ title, path, children }: { readonly title: string; readonly path: string; readonly children: preact.ComponentChildren }) {
  return (
    <details class="folded">
      <summary>
        {title}: <Value from={["cost", path, "length"]} as="count" />
      </summary>
      {children}
    </details>
  );
}
