import { type Change, type DiffDocument } from "../../../diff/diff-schema";
import { Value } from "../value";
import { Absent, Section } from "./section";
import { type Column, Table } from "./table";

const TONES: Readonly<Record<Change["kind"], string>> = { added: "good", removed: "bad", changed: "warn", renamed: "plain" };

const COLUMNS: readonly Column<Change>[] = [
  { head: "Is", order: ({ kind }) => kind, cell: ({ kind }) => <span class={`tag ${TONES[kind]}`}>{kind}</span> },
  {
    head: "Resource",
    order: ({ name }) => name,
    cell: ({ name, was, type, stateful, replacedBy }) => (
      <>
        {name}
        {was !== undefined && <span class="muted"> was {was}</span>}
        <br />
        <span class="muted">{type}</span> {stateful && <span class="tag plain">keeps data</span>}{" "}
        {replacedBy.length > 0 && <span class="tag bad">replaced</span>}
      </>
    ),
  },
  { head: "For", order: ({ service, layer }) => service ?? layer, cell: ({ service, layer }) => service ?? layer },
  {
    head: "What differs",
    cell: ({ properties }, index) => (
      <ul class="needs">
        {properties.map(({ path }, at) => (
          <li key={path}>
            <code>{path}</code> <Value from={["difference", "changes", index, "properties", at, "from"]} as="input" /> →{" "}
            <Value from={["difference", "changes", index, "properties", at, "to"]} as="input" />
          </li>
        ))}
      </ul>
    ),
  },
];

const COUNTS = ["added", "removed", "changed", "renamed", "same"] as const;

/** What differs from what it was compared with: what loses data first. */
export function DifferenceSection({ difference }: { readonly difference: DiffDocument }) {
  const { from, to, changes, monthlyUsd, minutes } = difference;
  return (
    <Section
      id="difference"
      title="Difference"
      lead={
        <>
          From {from.stack} ({from.source}) to {to.stack} ({to.source}):{" "}
          {COUNTS.map((kind, index) => (
            <span key={kind}>
              {index > 0 && ", "}
              <Value from={["difference", "counts", kind]} as="count" /> {kind}
            </span>
          ))}
          .
          {monthlyUsd && (
            <>
              {" "}
              Cost a month: <Value from={["difference", "monthlyUsd", "from"]} as="usd" /> →{" "}
              <Value from={["difference", "monthlyUsd", "to"]} as="usd" />.
            </>
          )}
          {minutes && (
            <>
              {" "}
              Time to create: <Value from={["difference", "minutes", "from"]} as="minutes" /> →{" "}
              <Value from={["difference", "minutes", "to"]} as="minutes" />.
            </>
          )}
        </>
      }
    >
      {changes.length === 0 ? (
        <Absent>Nothing differs.</Absent>
      ) : (
        <Table
          caption="What differs"
          rows={changes}
          columns={COLUMNS}
          page={20}
          text={({ kind, name, was = "", type, layer, service = "" }) => `${kind} ${name} ${was} ${type} ${layer} ${service}`}
        />
      )}
    </Section>
  );
}
