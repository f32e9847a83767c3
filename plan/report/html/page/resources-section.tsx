import { type ReportData } from "../report-data";
import { Value } from "../value";
import { Section } from "./section";
import { type Column, Table } from "./table";
import { Urn } from "./urn";

type Layer = ReportData["layers"][number];

const MOST_TYPES = 12;

const COLUMNS: readonly Column<Layer>[] = [
  { head: "Layer", order: ({ layer }) => layer, cell: ({ layer }) => layer },
  {
    head: "Resources",
    numeric: true,
    order: ({ resources }) => resources,
    cell: (_, index) => <Value from={["layers", index, "resources"]} as="count" />,
  },
  { head: "Of which types", cell: (layer, index) => <Types layer={layer} index={index} /> },
];

/** How many resources there are, by layer and type, and what is not known of them yet. */
export function ResourcesSection({ data: { layers, unknown } }: { readonly data: ReportData }) {
  return (
    <Section
      id="resources"
      title="Resources"
      lead={
        <>
          <Value from={["counts", "resources"]} as="count" /> that a provider manages.
        </>
      }
    >
      <Table caption="Resources by layer" rows={layers} columns={COLUMNS} />
      <h3>Unknown before it is deployed</h3>
      {unknown.length === 0 ? (
        <p class="absent">Nothing: every input is known.</p>
      ) : (
        <Table
          caption="Inputs that only become known while it is deployed"
          rows={unknown}
          columns={[
            { head: "Resource", cell: ({ urn }) => <Urn urn={urn} /> },
            { head: "Inputs", cell: ({ properties }) => properties.join(", ") },
          ]}
          text={({ urn, properties }) => `${urn} ${properties.join(" ")}`}
        />
      )}
    </Section>
  );
}

function Types({ layer: { types }, index }: { readonly layer: Layer; readonly index: number }) {
  return (
    <ul class="types">
      {types.slice(0, MOST_TYPES).map(({ type }, at) => (
        <li key={type}>
          <Value from={["layers", index, "types", at, "count"]} as="count" /> {type.split(":").at(-1)}
        </li>
      ))}
      {types.length > MOST_TYPES && <li class="muted">and others</li>}
    </ul>
  );
}
