import { scaleLinear } from "d3-scale";
import { useMemo, useState } from "preact/hooks";
import { type ReportData, type ReportEntry, type ReportSchedule } from "../report-data";
import { Value } from "../value";
import { Choice } from "./policy-section";
import { Absent, Section } from "./section";
import { type Column, Table } from "./table";
import { Urn } from "./urn";

const LONG_MINUTES = 0.5;
const TICKS = 6;
const SHOWN = ["the longest path", "everything that takes a while"] as const;

/** How long it takes, operation by operation, with the longest path. */
export function ScheduleSection({ data: { schedule } }: { readonly data: ReportData }) {
  return (
    <Section
      id="schedule"
      title="Schedule"
      lead={
        <>
          To {schedule.action} it takes <Value from={["schedule", "minutes"]} as="minutes" />. The orders that AWS forces take{" "}
          <Value from={["schedule", "lowerBoundMinutes"]} as="minutes" />; at most <Value from={["schedule", "width"]} as="count" />{" "}
          operations are in flight at once.
        </>
      }
    >
      <Gantt schedule={schedule} />
      {schedule.rest.count > 0 && (
        <p class="muted">
          <Value from={["schedule", "rest", "count"]} as="count" /> shorter operations are left out here.
        </p>
      )}
      <h3>Orders that could be left out</h3>
      {schedule.avoidable.length === 0 ? (
        <Absent>None: everything that is waited for is needed.</Absent>
      ) : (
        <Table caption="Orders that could be left out" rows={schedule.avoidable} columns={AVOIDABLE} />
      )}
    </Section>
  );
}

const AVOIDABLE: readonly Column<ReportSchedule["avoidable"][number]>[] = [
  { head: "This", cell: ({ to }) => <Urn urn={to} /> },
  { head: "Waits for", cell: ({ from }) => <Urn urn={from} /> },
  { head: "Which adds", numeric: true, cell: (_, index) => <Value from={["schedule", "avoidable", index, "addsMinutes"]} as="minutes" /> },
];

type Row = ReportEntry & { readonly at: number };

function Gantt({ schedule }: { readonly schedule: ReportSchedule }) {
  const [which, setWhich] = useState<string>(SHOWN[0]);
  const rows = useMemo(() => {
    const all = schedule.entries.map((entry, at): Row => ({ ...entry, at }));
    if (which === SHOWN[0]) return all.filter(({ critical }) => critical);
    return which === SHOWN[1] ? all.filter(({ critical, minutes }) => critical || minutes >= LONG_MINUTES) : all;
  }, [schedule, which]);
  const columns = useMemo(() => columnsOf(schedule), [schedule]);
  return (
    <Table
      caption="Operations by the minute at which they start"
      rows={rows}
      columns={columns}
      text={({ name, type, layer, service = "" }) => `${name} ${type} ${layer} ${service}`}
      page={40}
      filters={<Choice label="Show" value={which} values={SHOWN} choose={setWhich} />}
    />
  );
}

function columnsOf({ minutes: whole }: ReportSchedule): Column<Row>[] {
  const scale = scaleLinear([0, whole], [0, 100]);
  return [
    {
      head: "Operation",
      order: ({ name }) => name,
      cell: ({ name, type }) => (
        <>
          {name}
          <br />
          <span class="muted">{type.split(":").at(-1)}</span>
        </>
      ),
    },
    { head: "For", order: ({ service, layer }) => service ?? layer, cell: ({ service, layer }) => service ?? layer },
    {
      head: "Starts at",
      numeric: true,
      order: ({ start }) => start,
      cell: ({ at }) => <Value from={["schedule", "entries", at, "start"]} as="minutes" />,
    },
    {
      head: "Takes",
      numeric: true,
      order: ({ minutes }) => minutes,
      cell: ({ at }) => <Value from={["schedule", "entries", at, "minutes"]} as="minutes" />,
    },
    {
      head: "When",
      cell: ({ start, minutes, critical }) => (
        <div class="track">
          {scale.ticks(TICKS).map((tick) => (
            <span key={tick} class="mark" style={{ left: `${scale(tick)}%` }} aria-hidden="true" />
          ))}
          <span
            class={critical ? "span critical" : "span"}
            style={{ left: `${scale(start)}%`, width: `${Math.max(scale(minutes), 0.3)}%` }}
          >
            <span class="hidden">{critical ? "on the longest path" : "not on the longest path"}</span>
          </span>
        </div>
      ),
    },
  ];
}
