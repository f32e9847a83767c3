import { useCallback, useMemo, useState } from "preact/hooks";
import { Drawing } from "../../svg/drawing";
import { type Picture } from "../../picture/picture";
import { type ReportData } from "../report-data";
import { Value } from "../value";
import { Details } from "./details";
import { neighboursOf, nextNode } from "./neighbours";
import { Search } from "./search";
import { Section } from "./section";
import { useZoom } from "./zoom";

type Node = Picture["nodes"][number];

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** From here on, in pixels of a usual screen for a unit of the picture, the names of a dense one can be read. */
const READABLE = 0.42;
const SCREEN = 1_360;

interface PictureSectionProps {
  readonly data: ReportData;
  readonly chosen: string | undefined;
  readonly choose: (id: string | undefined) => void;
}

export function PictureSection({ data, chosen, choose }: PictureSectionProps) {
  const { picture } = data;
  const zoom = useZoom(picture);
  const byId = useMemo(() => new Map(picture.nodes.map((node) => [node.id, node])), [picture]);
  const show = useCallback(
    (id: string) => {
      const node = byId.get(id);
      choose(id);
      if (node) zoom.show(node);
    },
    [byId, choose, zoom],
  );
  return (
    <Section
      id="picture"
      title="Picture"
      lead="What runs where, what keeps data, and who opens a connection to whom. Choose something to see what it reaches and what reaches it; lines of logs, metrics and traces are drawn then."
    >
      <div class="controls bar">
        <Search picture={picture} show={show} />
        <div class="buttons" role="group" aria-label="Zoom">
          <button type="button" onClick={zoom.closer} aria-label="Zoom in">
            +
          </button>
          <button type="button" onClick={zoom.farther} aria-label="Zoom out">
            −
          </button>
          <button type="button" onClick={zoom.whole}>
            Whole picture
          </button>
        </div>
      </div>
      <div class={chosen === undefined ? "stage" : "stage beside"}>
        <Stage picture={picture} chosen={chosen} choose={choose} zoom={zoom} />
        {chosen !== undefined && <Details data={data} id={chosen} choose={show} close={() => choose(undefined)} />}
      </div>
      <p class="hint controls">Drag to move. Control and the wheel, or two fingers, zoom.</p>
      <Legend picture={picture} />
    </Section>
  );
}

interface StageProps {
  readonly picture: Picture;
  readonly chosen: string | undefined;
  readonly choose: (id: string | undefined) => void;
  readonly zoom: ReturnType<typeof useZoom>;
}

/** The picture itself. One node is in the order of tabs; arrows lead from node to node. */
function Stage({ picture, chosen, choose, zoom }: StageProps) {
  const [current, setCurrent] = useState(picture.nodes[0]?.id);
  const { ids } = useMemo(() => neighboursOf(picture.edges, chosen), [picture, chosen]);
  const focus = (id: string | undefined) => {
    if (id === undefined) return;
    setCurrent(id);
    zoom.svg.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent, { id }: Node) => {
    const arrow = ARROWS[event.key];
    if (arrow) focus(nextNode(picture.nodes, id, arrow));
    else if (event.key === "Enter" || event.key === " ") choose(id === chosen ? undefined : id);
    else if (event.key === "Escape") choose(undefined);
    else if (event.key === "+") zoom.closer();
    else if (event.key === "-") zoom.farther();
    else return;
    event.preventDefault();
  };
  const nodeProps = (node: Node) => ({
    role: "button",
    // In a drawing, attributes are spelled as they are written.
    tabindex: node.id === current ? 0 : -1,
    "aria-pressed": node.id === chosen,
    onClick: () => {
      setCurrent(node.id);
      choose(node.id === chosen ? undefined : node.id);
    },
    onKeyDown: (event: KeyboardEvent) => onKeyDown(event, node),
  });
  const classes = [
    "paper",
    ...(picture.dense ? ["dense"] : []),
    ...(picture.dense && zoom.scale * SCREEN < READABLE * picture.width ? ["distant"] : []),
    ...(chosen === undefined ? [] : ["choosing"]),
  ];
  return (
    <div class="sheet">
      <p id="picture-keys" class="hidden">
        Arrow keys lead from one to the next, Enter chooses, Escape lets go, plus and minus zoom.
      </p>
      <svg
        ref={zoom.svg}
        class={classes.join(" ")}
        viewBox={`0 0 ${picture.width} ${picture.height}`}
        role="group"
        aria-label="Architecture"
        aria-describedby="picture-keys"
      >
        <g ref={zoom.view} class="view">
          <Drawing picture={picture} emphasis={{ near: ids, ...(chosen !== undefined && { chosen }) }} nodeProps={nodeProps} />
        </g>
      </svg>
    </div>
  );
}

const KINDS = [
  { kind: "service", label: "Service" },
  { kind: "entry", label: "Entry from the internet" },
  { kind: "database", label: "Database or warehouse" },
  { kind: "cache", label: "Bus or cache" },
  { kind: "bucket", label: "Bucket, table or queue" },
  { kind: "program", label: "Logs, metrics and traces" },
] as const;

function Legend({ picture }: { readonly picture: Picture }) {
  return (
    <div class="legend">
      <ul aria-label="What colours mean">
        {KINDS.map(({ kind, label }) => (
          <li key={kind}>
            <span class={`swatch ${kind}`} aria-hidden="true" /> {label}
          </li>
        ))}
        {!picture.dense && picture.zones.length > 1 && (
          <li>
            <svg class="dots" viewBox="0 0 24 8" aria-hidden="true">
              <circle class="zone" cx="4" cy="4" r="2.5" />
              <circle class="zone" cx="12" cy="4" r="2.5" />
              <circle class="zone away" cx="20" cy="4" r="2.5" />
            </svg>{" "}
            Zones it may run in, from the first on
          </li>
        )}
      </ul>
      {picture.left.length > 0 && (
        <p class="muted">
          Not drawn, but in the table of who reaches whom:{" "}
          {picture.left.map(({ what }, index) => (
            <span key={what}>
              {index > 0 && ", "}
              <Value from={["picture", "left", index, "count"]} as="count" /> {what}
            </span>
          ))}
          .
        </p>
      )}
    </div>
  );
}
