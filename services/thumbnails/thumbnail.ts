import { createJimp } from "@jimp/core";
import jpeg from "@jimp/js-jpeg";
import png from "@jimp/js-png";
import { methods as resize } from "@jimp/plugin-resize";

const Jimp = createJimp({ formats: [jpeg, png], plugins: [resize] });

/** Longest side of a thumbnail in pixels. */
export const LONGEST_SIDE = 256;

/** An encoded picture. */
export interface Picture {
  readonly bytes: Buffer;
  /** Media type: `image/jpeg` or `image/png`. */
  readonly type: string;
}

/**
 * Makes a picture small, upright and of the same format. One that is small already keeps its size.
 * @throws {Error} for bytes that are neither JPEG nor PNG.
 */
export async function thumbnail(original: Buffer): Promise<Picture> {
  const image = await Jimp.fromBuffer(original);
  const { width, height } = image;
  if (Math.max(width, height) > LONGEST_SIDE) image.scaleToFit({ w: LONGEST_SIDE, h: LONGEST_SIDE });
  const type = image.mime === "image/png" ? "image/png" : "image/jpeg";
  return { bytes: await image.getBuffer(type), type };
}
