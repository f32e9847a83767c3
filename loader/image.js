"use strict";
const { createHash, randomUUID } = require("node:crypto");
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

/**
 * @typedef {object} KeptModule
 * @property {string} stamp stamp of its file.
 * @property {boolean} plain true when `code` is the module's own text, for Node to compile; else it is wrapped, and `cache` goes with it.
 * @property {boolean} wide true when `code` has characters beyond Latin-1.
 * @property {Buffer} code
 * @property {Buffer} cache what V8 made of the code the last time.
 */
/**
 * Compiled modules and where each request for one led to.
 * @typedef {object} Image
 * @property {Record<string, string>} stamps of files and folders that all of it depends on.
 * @property {Record<string, { stamp: string, names: string }>} folders of the project's own.
 * @property {Map<string, KeptModule>} modules by path.
 * @property {Record<string, Record<string, string | null>>} found path by folder of who asks and request; null where there was none.
 */
/**
 * What stands before the code of all modules.
 * @typedef {Omit<Image, "modules"> & { readonly modules: readonly [path: string, stamp: string, plain: boolean, wide: boolean, codeBytes: number, cacheBytes: number][] }} Index
 */

const DIGEST = "sha1";
const DIGEST_BYTES = 20;
const LENGTH_BYTES = 4;
const EXTENSION = ".image";
/** Images that are kept: of the versions of Node and the checkouts that somebody works with. */
const MOST_IMAGES = 4;
const HEAD_BYTES = DIGEST_BYTES + LENGTH_BYTES;

/** @returns {Image} */
function emptyImage() {
  return { stamps: {}, folders: {}, modules: new Map(), found: {} };
}

/** @param {Buffer} body */
function digestOf(body) {
  return createHash(DIGEST).update(body).digest();
}

/**
 * Reads an image. One that is not there, of another version, cut off or damaged is none.
 * @param {string} file
 * @returns {Image | undefined}
 */
function readImage(file) {
  /** @type {Buffer} */
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
  if (bytes.length < HEAD_BYTES || !digestOf(bytes.subarray(DIGEST_BYTES)).equals(bytes.subarray(0, DIGEST_BYTES))) return undefined;
  const start = HEAD_BYTES + bytes.readUInt32LE(DIGEST_BYTES);
  const { stamps, folders, modules, found } = /** @type {Index} */ (JSON.parse(bytes.toString("utf8", HEAD_BYTES, start)));
  /** @type {Image["modules"]} */
  const kept = new Map();
  let at = start;
  for (const [path, stamp, plain, wide, codeBytes, cacheBytes] of modules) {
    const middle = at + codeBytes;
    const end = middle + cacheBytes;
    kept.set(path, { stamp, plain, wide, code: bytes.subarray(at, middle), cache: bytes.subarray(middle, end) });
    at = end;
  }
  return { stamps, folders, modules: kept, found };
}

/**
 * Runs what makes nothing wrong when it fails, as on a read-only disk: it only costs time.
 * @param {() => void} change
 */
function ifPossible(change) {
  try {
    change();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

/**
 * Notes that an image is used, so that it stays when others go.
 * @param {string} file
 */
function markUsed(file) {
  const now = new Date();
  ifPossible(() => utimesSync(file, now, now));
}

/**
 * Removes the images of a folder that were used the longest ago.
 * @param {string} folder
 */
function removeOldest(folder) {
  const images = readdirSync(folder)
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => join(folder, name))
    .map((file) => ({ file, used: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.used - one.used);
  for (const { file } of images.slice(MOST_IMAGES)) rmSync(file, { force: true });
}

/**
 * Writes an image in one step, since other processes may read and write it at the same time.
 * @param {string} file
 * @param {Image} image
 */
function writeImage(file, { stamps, folders, modules, found }) {
  const list = [...modules].map(([path, { stamp, plain, wide, code, cache }]) => [path, stamp, plain, wide, code.length, cache.length]);
  const index = Buffer.from(JSON.stringify({ stamps, folders, modules: list, found }));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(index.length);
  const body = Buffer.concat([length, index, ...[...modules.values()].flatMap(({ code, cache }) => [code, cache])]);
  const folder = dirname(file);
  const draft = join(folder, randomUUID());
  ifPossible(() => {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(draft, Buffer.concat([digestOf(body), body]));
      renameSync(draft, file);
    } finally {
      if (existsSync(draft)) rmSync(draft);
    }
    removeOldest(folder);
  });
}

module.exports = { EXTENSION, emptyImage, markUsed, readImage, writeImage };
