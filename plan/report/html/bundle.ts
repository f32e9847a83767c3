import { buildSync, transformSync } from "esbuild";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { colourProperties } from "../svg/colours";
import { PICTURE_CSS } from "../svg/svg";

const STYLES = join(__dirname, "page", "styles");

/** Browsers that the page is made for: those that know `light-dark()`. */
const TARGETS = ["chrome123", "firefox120", "safari17.5"];

/** What a page runs and how it looks. */
export interface PageBundle {
  readonly script: string;
  readonly style: string;
}

let bundle: PageBundle | undefined;

/** The code of the page, bundled once a process: it is the same for every plan. */
export function pageBundle(): PageBundle {
  return (bundle ??= { script: script(), style: style() });
}

function script(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, "page", "main.tsx")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: TARGETS,
    // A script element ends at the first `</script`, wherever it stands.
    supported: { "inline-script": false },
    legalComments: "none",
    logLevel: "silent",
    jsx: "automatic",
    jsxImportSource: "preact",
  });
  return outputFiles[0]?.text ?? "";
}

function style(): string {
  const files = readdirSync(STYLES)
    .sort()
    .map((name) => readFileSync(join(STYLES, name), "utf8"));
  return transformSync([colourProperties(), PICTURE_CSS, ...files].join("\n"), {
    loader: "css",
    minify: true,
    target: TARGETS,
    charset: "utf8",
  }).code;
}
