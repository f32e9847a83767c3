import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToStaticMarkup } from "preact-render-to-string";
import { Data } from "../html/value";
import { type Picture } from "../picture/picture";
import { withColours } from "./colours";
import { Drawing } from "./drawing";

/** Style of a picture, wherever it is drawn. */
export const PICTURE_CSS = readFileSync(join(__dirname, "picture.css"), "utf8");

const NOTHING_CHOSEN = { near: new Set<string>() };

/** A picture as a file of its own: no scripts, nothing loaded, light or dark as its viewer is. */
export function pictureSvg(picture: Picture, title: string): string {
  const { width, height } = picture;
  const markup = renderToStaticMarkup(
    <Data.Provider value={{ picture }}>
      <svg
        xmlns="http://www.w3.org/2000/svg"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={title}
      >
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: withColours(`.paper { fill: var(--page); }\n${PICTURE_CSS}`) }} />
        <rect class="paper" width={width} height={height} />
        <Drawing picture={picture} emphasis={NOTHING_CHOSEN} />
      </svg>
    </Data.Provider>,
  );
  return `${markup}\n`;
}
