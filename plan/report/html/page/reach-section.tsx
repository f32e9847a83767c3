import { useMemo, useState } from "preact/hooks";
import { type ReportData } from "../report-data";
import { Value } from "../value";
import { Absent, Section } from "./section";
import { type Column, Table } from "./table";

type Pair = ReportData["reachability"][number];

/** A pair of ends with the places of its ports in the JSON. */
type Cells = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;

/** Rows and columns that a person takes in at once. */
const MOST_ROWS = 30;
const MOST_COLUMNS = 40;

/** From whom to whom, by both ends. */
export function cellsOf(pairs: readonly (readonly [Pair, number])[]): Cells {
  const cells = new Map<string, Map<string, number[]>>();
  for (const [{ from, to }, index] of pairs) {
    const row = cells.get(from) ?? new Map<string, number[]>();
    row.set(to, [...(row.get(to) ?? []), index]);
    cells.set(from, row);
  }
  return cells;
}

/** Who can open a connection to whom, as a matrix and as a list. */
export function ReachSection({ data: { reachability } }: { readonly data: ReportData }) {
  const [query, setQuery] = useState("");
  const pairs = useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const all = reachability.map((pair, index) => [pair, index] as const);
    return all.filter(([{ from, to, port }]) => words.every((word) => `${from} ${to} ${port}`.toLowerCase().includes(word)));
  }, [reachability, query]);
  return (
    <Section
      id="reachability"
      title="Reachability"
      lead={
        <>
          <Value from={["reachability", "length"]} as="count" /> ways by which one can open a connection to another, computed from security
          groups, subnets and routes. Rows open, columns are reached; cells hold ports.
        </>
      }
    >
      {reachability.length === 0 ? (
        <Absent>Nobody can open a connection to anybody.</Absent>
      ) : (
        <>
          <div class="controls bar">
            <label>
              Find a name or a port
              <input type="search" value={query} onInput={({ currentTarget }) => setQuery(currentTarget.value)} />
            </label>
          </div>
          <Matrix pairs={pairs} />
          <details class="folded">
            <summary>The same as a list</summary>
            <Table caption="Who reaches whom" rows={reachability} columns={LIST} text={({ from, to, port }) => `${from} ${to} ${port}`} />
          </details>
        </>
      )}
    </Section>
  );
}

const LIST: readonly Column<Pair>[] = [
  { head: "From", order: ({ from }) => from, cell: ({ from }) => from },
  { head: "To", order: ({ to }) => to, cell: ({ to }) => to },
  {
    head: "Port",
    numeric: true,
    order: ({ port }) => port,
    cell: (_, index) => <Value from={["reachability", index, "port"]} as="ports" />,
  },
];

function Matrix({ pairs }: { readonly pairs: readonly (readonly [Pair, number])[] }) {
  const cells = useMemo(() => cellsOf(pairs), [pairs]);
  const rows = [...cells.keys()].slice(0, MOST_ROWS);
  const all = [...new Set(rows.flatMap((from) => [...(cells.get(from)?.keys() ?? [])]))].sort();
  const columns = all.slice(0, MOST_COLUMNS);
  if (rows.length === 0) return <p role="status">nothing found</p>;
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label="Matrix of who reaches whom">
        <table class="matrix">
          <caption class="hidden">Who can open a connection to whom, and on which ports</caption>
          <thead>
            <tr>
              <td />
              {columns.map((to) => (
                <th key={to} scope="col">
                  <span>{to}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((from) => (
              <tr key={from}>
                <th scope="row">{from}</th>
                {columns.map((to) => (
                  <Cell key={to} indices={cells.get(from)?.get(to) ?? []} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(cells.size > rows.length || all.length > columns.length) && (
        <p class="muted">There are more than fit here: find a name or a port to see the others, or open the list.</p>
      )}
    </>
  );
}

function Cell({ indices }: { readonly indices: readonly number[] }) {
  if (indices.length === 0) return <td />;
  return (
    <td class="reached">
      {indices.map((index) => (
        <div key={index}>
          <Value from={["reachability", index, "port"]} as="ports" />
        </div>
      ))}
    </td>
  );
}
