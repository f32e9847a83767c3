import { type ComponentChildren } from "preact";
import { useEffect, useId, useMemo, useState } from "preact/hooks";

/** A column of a table. */
export interface Column<Row> {
  readonly head: string;
  /** @param index place of the row in the JSON, by which its values are found. */
  readonly cell: (row: Row, index: number) => ComponentChildren;
  /** Numbers stand on the right. */
  readonly numeric?: boolean;
  /** What rows are sorted by; absent where sorting says nothing. */
  readonly order?: (row: Row) => string | number;
}

interface TableProps<Row> {
  /** What the table is of, for those who hear it. */
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** What is searched when a person types; absent: there is nothing to type in. */
  readonly text?: (row: Row) => string;
  readonly page?: number;
  /** Other ways to choose among the rows. */
  readonly filters?: ComponentChildren;
}

const PAGE = 50;
/** Paper holds more than a screen, but not everything. */
const PRINTED = 400;

type Sorting = { readonly column: number; readonly down: boolean };

function sorted<Row>(rows: readonly (readonly [Row, number])[], columns: readonly Column<Row>[], sorting: Sorting | undefined) {
  const order = sorting && columns[sorting.column]?.order;
  if (!order) return rows;
  const compare = (left: string | number, right: string | number) =>
    typeof left === "number" && typeof right === "number"
      ? left - right
      : String(left).localeCompare(String(right), "en", { numeric: true });
  return [...rows].sort(([left], [right]) => compare(order(left), order(right)) * (sorting.down ? -1 : 1));
}

/** True while the page is printed. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia("print");
    const changed = () => setPrinting(media.matches);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, []);
  return printing;
}

/** Rows that can be sorted, searched and turned page by page: as many as one looks at are in the document, however many there are. */
export function Table<Row>({ caption, rows, columns, text, page = PAGE, filters }: TableProps<Row>) {
  const [query, setQuery] = useState("");
  const [sorting, setSorting] = useState<Sorting | undefined>();
  const [at, setAt] = useState(0);
  const printing = usePrinting();
  const found = useMemo(() => {
    const all = rows.map((row, index) => [row, index] as const);
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = text && words.length > 0 ? all.filter(([row]) => words.every((word) => text(row).toLowerCase().includes(word))) : all;
    return sorted(matching, columns, sorting);
  }, [rows, query, sorting, columns, text]);
  const pages = Math.max(1, Math.ceil(found.length / page));
  const current = Math.min(at, pages - 1);
  const shown = printing ? found.slice(0, PRINTED) : found.slice(current * page, (current + 1) * page);
  const sort = (column: number) =>
    setSorting((before) => ({ column, down: before?.column === column ? !before.down : columns[column]?.numeric === true }));
  return (
    <div class="table">
      {(text ?? filters) && (
        <div class="controls bar">
          {text && (
            <label>
              Find
              <input type="search" value={query} onInput={({ currentTarget }) => (setQuery(currentTarget.value), setAt(0))} />
            </label>
          )}
          {filters}
        </div>
      )}
      <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption class="hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ head, numeric, order }, index) => (
                <th
                  key={head}
                  scope="col"
                  class={numeric ? "number" : undefined}
                  aria-sort={sorting?.column === index ? (sorting.down ? "descending" : "ascending") : undefined}
                >
                  {order ? (
                    <button type="button" class="sort" onClick={() => sort(index)}>
                      {head}
                    </button>
                  ) : (
                    head
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(([row, index]) => (
              <tr key={index}>
                {columns.map(({ head, cell, numeric }) => (
                  <td key={head} class={numeric ? "number" : undefined}>
                    {cell(row, index)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager at={current} pages={pages} found={found.length} all={rows.length} turn={setAt} caption={caption} />
    </div>
  );
}

interface PagerProps {
  readonly at: number;
  readonly pages: number;
  readonly found: number;
  readonly all: number;
  readonly caption: string;
  readonly turn: (page: number) => void;
}

function Pager({ at, pages, found, all, turn, caption }: PagerProps) {
  const id = useId();
  return (
    <div class={pages > 1 ? "controls pager" : "controls pager quiet"} role="group" aria-labelledby={id}>
      <span id={id} class="hidden">
        Pages of: {caption}
      </span>
      {pages > 1 && (
        <button type="button" disabled={at === 0} onClick={() => turn(at - 1)}>
          Back
        </button>
      )}
      <span data-ui role="status">
        {found === 0 ? "nothing found" : pages > 1 ? `page ${at + 1} of ${pages}` : ""}
        {found !== all && found > 0 ? ` ${found} of ${all} found` : ""}
      </span>
      {pages > 1 && (
        <button type="button" disabled={at >= pages - 1} onClick={() => turn(at + 1)}>
          Next
        </button>
      )}
    </div>
  );
}
