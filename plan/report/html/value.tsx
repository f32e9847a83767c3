import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Format, FORMATS, type Path, pathText, valueAt } from "./format";

/** The JSON that everything is drawn from. */
export const Data = createContext<unknown>(undefined);

/** Where a value is from, as attributes: a test reads them and compares what is shown with the JSON. */
export function origin(path: Path, as: Format): Readonly<Record<string, string>> {
  return { "data-from": pathText(path), "data-as": as };
}

/** A value of the JSON as it is shown. */
export function useValue(path: Path, as: Format): string {
  return FORMATS[as](valueAt(useContext(Data), path));
}

/** A number of the JSON. Every number of a page is one of these, so that none can be of the page's own making. */
export function Value({ from, as }: { readonly from: Path; readonly as: Format }) {
  return <span {...origin(from, as)}>{useValue(from, as)}</span>;
}

/** The same in a drawing. */
export function DrawnValue({ from, as, before = "" }: { readonly from: Path; readonly as: Format; readonly before?: string }) {
  const text = useValue(from, as);
  return (
    <>
      {before}
      <tspan {...origin(from, as)}>{text}</tspan>
    </>
  );
}
