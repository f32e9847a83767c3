import { useMemo } from "preact/hooks";
import { type ReportData, type ReportService } from "../report-data";
import { Value } from "../value";
import { CurveChart, placeName } from "./curve";
import { Absent, Section } from "./section";
import { type Column, Table } from "./table";

interface ServicesSectionProps {
  readonly data: ReportData;
  readonly choose: (id: string) => void;
}

/** Where each service runs, why, what it costs, and what the other places would cost. */
export function ServicesSection({ data, choose }: ServicesSectionProps) {
  const { services } = data;
  const columns = useMemo(() => columnsOf(choose), [choose]);
  return (
    <Section id="services" title="Services" lead="Where each runs, and the rule or the cost that decided it.">
      {services.length === 0 ? (
        <Absent>The catalogue has no services.</Absent>
      ) : (
        <Table caption="Services, where they run and why" rows={services} columns={columns} text={textOf} />
      )}
    </Section>
  );
}

function textOf({ name, target, reason, bindings }: ReportService): string {
  return [name, target, placeName(target), reason, ...bindings.map(({ to, kind }) => `${kind} ${to}`)].join(" ");
}

function columnsOf(choose: (id: string) => void): Column<ReportService>[] {
  return [
    {
      head: "Service",
      order: ({ name }) => name,
      cell: ({ name, waitingFor }) => (
        <>
          <a href="#picture" onClick={() => choose(name)}>
            {name}
          </a>
          {waitingFor && <span class="tag warn">waits for {waitingFor.join(", ")}</span>}
        </>
      ),
    },
    { head: "Runs on", order: ({ target }) => target, cell: ({ target }) => <span class={`place ${target}`}>{placeName(target)}</span> },
    { head: "Because, and what the other places would cost", cell: (service, index) => <Reason service={service} index={index} /> },
    { head: "Needs", cell: ({ bindings }) => <Needs bindings={bindings} /> },
    {
      head: "A month",
      numeric: true,
      order: ({ cost }) => cost?.monthlyUsd ?? 0,
      cell: ({ cost }, index) =>
        cost ? <Value from={["services", index, "cost", "monthlyUsd"]} as="usd" /> : <span class="muted">unknown</span>,
    },
  ];
}

function Reason({ service, index }: { readonly service: ReportService; readonly index: number }) {
  const { reason, placement, target, name } = service;
  return (
    <>
      <p class="reason">{reason}</p>
      {placement && (
        <details>
          <summary>What {name} would cost elsewhere</summary>
          <div class="elsewhere">
            <CurveChart placement={placement} chosen={target} name={name} index={index} />
            <ul class="excluded">
              {placement.excluded.map(({ target: other, because }) => (
                <li key={other}>
                  Not {placeName(other)}: {because}
                </li>
              ))}
            </ul>
          </div>
        </details>
      )}
    </>
  );
}

function Needs({ bindings }: Pick<ReportService, "bindings">) {
  return (
    <ul class="needs">
      {bindings.map(({ to, kind, access }) => (
        <li key={`${kind} ${to}`}>
          {to}{" "}
          <span class="muted">
            {kind}, {access}
          </span>
        </li>
      ))}
    </ul>
  );
}
