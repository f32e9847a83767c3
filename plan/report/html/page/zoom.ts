import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomBehavior } from "d3-zoom";
import { type RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Box } from "../../picture/picture";

const FARTHEST = 1;
const NEAREST = 24;
const STEP = 1.5;
/** How much of the picture's width something takes that is zoomed in on. */
const FOCUS = 0.22;

/** How a picture is zoomed and moved. */
export interface Zoom {
  readonly svg: RefObject<SVGSVGElement>;
  readonly view: RefObject<SVGGElement>;
  /** How much larger than the whole picture it is shown. */
  readonly scale: number;
  readonly closer: () => void;
  readonly farther: () => void;
  readonly whole: () => void;
  /** Moves a box into the middle, near enough to be read. */
  readonly show: (box: Box) => void;
}

/** The wheel scrolls the page; with Control (as a pinch on a pad says it) it zooms. One finger scrolls too, two zoom. */
function isForPicture(event: Event): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
  if ("touches" in event) return (event as TouchEvent).touches.length > 1;
  return !("button" in event) || (event as MouseEvent).button === 0;
}

/** Zooms a picture whose own size is its `viewBox`. Nothing moves by itself for those who don't want that: there are no transitions. */
export function useZoom({ width, height }: Pick<Box, "width" | "height">): Zoom {
  const svg = useRef<SVGSVGElement>(null);
  const view = useRef<SVGGElement>(null);
  const [scale, setScale] = useState(FARTHEST);
  const behavior = useRef<ZoomBehavior<SVGSVGElement, unknown>>();
  useEffect(() => {
    if (svg.current === null) return undefined;
    const zooming = zoom<SVGSVGElement, unknown>()
      .scaleExtent([FARTHEST, NEAREST])
      .extent([
        [0, 0],
        [width, height],
      ])
      .translateExtent([
        [0, 0],
        [width, height],
      ])
      .filter(isForPicture)
      .on("zoom", ({ transform }: { transform: { k: number; toString(): string } }) => {
        view.current?.setAttribute("transform", transform.toString());
        setScale(transform.k);
      });
    behavior.current = zooming;
    const selection = select(svg.current).call(zooming).on("dblclick.zoom", null);
    return () => void selection.on(".zoom", null);
  }, [width, height]);
  return useMemo(() => {
    const act = (what: (zooming: ZoomBehavior<SVGSVGElement, unknown>, element: SVGSVGElement) => void) => () => {
      if (behavior.current && svg.current) what(behavior.current, svg.current);
    };
    return {
      svg,
      view,
      scale,
      closer: act((zooming, element) => zooming.scaleBy(select(element), STEP)),
      farther: act((zooming, element) => zooming.scaleBy(select(element), 1 / STEP)),
      whole: act((zooming, element) => zooming.transform(select(element), zoomIdentity)),
      show: (box: Box) =>
        act((zooming, element) => {
          const nearer = Math.max(scale, Math.min(NEAREST, (width * FOCUS) / box.width));
          zooming.transform(select(element), zoomIdentity.scale(nearer));
          zooming.translateTo(select(element), box.x + box.width / 2, box.y + box.height / 2);
        })(),
    };
  }, [scale, width, height]);
}
