import { buildSync, type BuildOptions, transformSync, type TransformOptions, version as bundlerVersion } from "esbuild";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { z } from "zod";
import { BundleCache } from "../../../components/compute/bundle-cache";
import { colourProperties } from "../svg/colours";
import { PICTURE_CSS } from "../svg/svg";

const ROOT = resolve(__dirname, "../../..");
const ENTRY = join(__dirname, "page", "main.tsx");
const STYLES = join(__dirname, "page", "styles");

/** Browsers that the page is made for: those that know `light-dark()`. */
const TARGETS = ["chrome123", "firefox120", "safari17.5"];

/** What a page runs and how it looks. */
export type PageBundle = Readonly<z.output<typeof PageBundle>>;
const PageBundle = z.strictObject({ script: z.string(), style: z.string() });

const SCRIPT = {
  absWorkingDir: ROOT,
  entryPoints: [ENTRY],
  bundle: true,
  write: false,
  metafile: true,
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
} as const satisfies BuildOptions;

const STYLE = { loader: "css", minify: true, target: TARGETS, charset: "utf8" } as const satisfies TransformOptions;

let bundle: PageBundle | undefined;

/** The code of the page: it is the same for every plan. */
export function pageBundle(): PageBundle {
  return (bundle ??= make());
}

function make(): PageBundle {
  const source = styleSource();
  // What the styles are made of is at hand, and so is part of the options.
  const cache = new BundleCache(ROOT, JSON.stringify([bundlerVersion, SCRIPT, STYLE, source]), PageBundle);
  return cache.findOrMake(relative(ROOT, ENTRY), () => {
    const { outputFiles, metafile } = buildSync(SCRIPT);
    return {
      bundle: { script: outputFiles[0]?.text ?? "", style: transformSync(source, STYLE).code },
      inputs: [...Object.keys(metafile.inputs), "tsconfig.json"],
    };
  });
}

function styleSource(): string {
  const files = readdirSync(STYLES)
    .sort()
    .map((name) => readFileSync(join(STYLES, name), "utf8"));
  return [colourProperties(), PICTURE_CSS, ...files].join("\n");
}
