import { type ReportData } from "../report-data";
import { Absent, Section } from "./section";
import { type Column, Table } from "./table";

type Kept = ReportData["keeps"][number];
type Swap = ReportData["swaps"][number];

const KEPT: readonly Column<Kept>[] = [
  {
    head: "Store",
    order: ({ name }) => name,
    cell: ({ name, type }) => (
      <>
        {name}
        <br />
        <span class="muted">{type}</span>
      </>
    ),
  },
  {
    head: "Protected",
    order: ({ protect, retained }) => Number(protect) + Number(retained),
    cell: ({ protect, retained }) => (
      <>
        {protect ? <span class="tag good">from deletion</span> : <span class="tag plain">not protected</span>}{" "}
        {retained && <span class="tag good">kept in AWS</span>}
      </>
    ),
  },
  {
    head: "Replaced by a change of",
    cell: ({ replacedBy }) => replacedBy.map(({ property, when }) => (when === undefined ? property : `${property} (${when})`)).join(", "),
  },
];

const SWAPPED: readonly Column<Swap>[] = [
  { head: "Store", order: ({ store }) => store, cell: ({ store }) => store },
  { head: "What", cell: ({ property }) => property },
  { head: "Here", cell: ({ here }) => here },
  { head: "In a durable environment", cell: ({ durable }) => durable },
];

/** What keeps data, what protects it, and where it is cheaper than where data must not be lost. */
export function KeepsSection({ data: { keeps, swaps } }: { readonly data: ReportData }) {
  return (
    <Section
      id="data"
      title="Data"
      lead="What keeps data, or the only way to it: what protects it, and which changes would replace it and lose what it holds."
    >
      {keeps.length === 0 ? (
        <Absent>Nothing here keeps data.</Absent>
      ) : (
        <Table caption="What keeps data" rows={keeps} columns={KEPT} text={({ name, type }) => `${name} ${type}`} page={20} />
      )}
      <h3>Cheaper than in a durable environment</h3>
      {swaps.length === 0 ? (
        <Absent>No store saves on what keeps its data.</Absent>
      ) : (
        <Table
          caption="Where stores save"
          rows={swaps}
          columns={SWAPPED}
          text={({ store, property }) => `${store} ${property}`}
          page={20}
        />
      )}
    </Section>
  );
}
