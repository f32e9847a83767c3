import { useMemo, useState } from "preact/hooks";
import { type Picture } from "../../picture/picture";
import { searched } from "./neighbours";

const MOST = 12;

/** Finds a node by name or kind: a box to type in with a list below it, as a combobox works everywhere. */
export function Search({ picture, show }: { readonly picture: Picture; readonly show: (id: string) => void }) {
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const found = useMemo(() => searched(picture.nodes, query), [picture, query]);
  const shown = found.slice(0, MOST);
  const expanded = open && shown.length > 0;
  const pick = (id: string | undefined) => {
    if (id === undefined) return;
    show(id);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive(Math.min(active + 1, shown.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (event.key === "Enter") pick(shown[active]?.id);
    else if (event.key === "Escape") setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <div class="search">
      <label for="picture-search">Find in the picture</label>
      <input
        id="picture-search"
        type="search"
        role="combobox"
        autocomplete="off"
        aria-expanded={expanded}
        aria-controls="picture-found"
        aria-autocomplete="list"
        aria-activedescendant={expanded ? `picture-found-${active}` : undefined}
        value={query}
        onInput={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <ul id="picture-found" role="listbox" aria-label="Found in the picture" hidden={!expanded}>
        {shown.map(({ id, name, what }, index) => (
          <li
            key={id}
            id={`picture-found-${index}`}
            role="option"
            aria-selected={index === active}
            // The box must not lose its focus before the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(id)}
          >
            <b>{name}</b> <span class="muted">{what}</span>
          </li>
        ))}
      </ul>
      <span class="muted" role="status" data-ui>
        {query.trim() === "" ? "" : `${found.length} found`}
      </span>
    </div>
  );
}
