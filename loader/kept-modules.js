"use strict";
const { createHash } = require("node:crypto");
const Module = require("node:module");
const { mkdirSync, realpathSync } = require("node:fs");
const { dirname, extname, isAbsolute, join } = require("node:path");
const { performance } = require("node:perf_hooks");
const { cachedDataVersionTag } = require("node:v8");
const { compiled, evaluate, loader, wrapped } = require("./evaluate");
const { Folders } = require("./folders");
const { EXTENSION, emptyImage, markUsed, readImage, writeImage } = require("./image");
const { settledStamp, stampOf } = require("./stamps");

/** @typedef {import("./image").Image} Image */
/** @typedef {import("./image").KeptModule} KeptModule */
/** @typedef {import("./evaluate").LoadedModule} LoadedModule */
/** @typedef {import("./evaluate").Extension} Extension */
/** @typedef {import("./evaluate").Resolve} Resolve */
/** @typedef {import("node:vm").Script} Script */
/** @typedef {{ readonly resolve: Resolve, readonly extensions: Readonly<Record<string, Extension | undefined>> }} Way */
/** @typedef {{ readonly script: Script, readonly code: string } | { readonly script?: undefined, readonly code: string }} Compiled */

/** How long folders count as they were found: a process that watches them lives for hours. */
const TRUSTED_MS = 1_000;
const EXTENSIONS = [".js", ".ts", ".tsx"];
/** Files that Node can load when their code is at hand. */
const LOADABLE = new Set([".js", ".cjs", ".ts", ".tsx", ".json", ".node"]);
/** A module that imports at run time can only be compiled by Node itself, which alone knows what it imports with. */
const BY_NODE = /^#!|\bimport\s*\(/;
const BEYOND_LATIN = /[^\0-\xff]/;

/**
 * Keeps modules compiled between runs: a third of a plan's time would go into finding, transforming and compiling two thousand files that are the same as
 * the last time. What is kept of a file is used only while the file has the stamp it had; where a request leads to, only while no folder that has a say in it
 * has changed; and all of it only by the same Node with the same settings. Everything else is loaded as it would be without, and kept for the next time.
 */
class KeptModules {
  #folders;
  #file;
  #transform;
  #image;
  /** @type {Map<string, Compiled>} by path, what is not in the image yet. */
  #compiled = new Map();
  /** @type {Map<string, Script>} by path, what came from the image. */
  #used = new Map();
  /** @type {Image["found"]} */
  #found = {};
  /** @type {Way} */
  #node;
  /** @type {Way} how Node loads things, as `transform` left it. */
  #way;
  #transforming = false;
  #comparedAt = 0;
  #compile = loader.prototype._compile;

  /**
   * @param {object} options
   * @param {string} options.root folder of the project.
   * @param {() => void} options.transform makes Node load what it cannot read by itself; called when something must be.
   * @param {string} [options.folder] where the image is kept.
   */
  constructor({ root, transform, folder = join(root, "node_modules", ".cache", "strata", "modules") }) {
    // Before anything is looked at: it may change a folder that modules are in.
    makeFolder(folder);
    this.#folders = new Folders(root);
    this.#transform = transform;
    this.#file = join(folder, `${keyOf(root)}${EXTENSION}`);
    this.#image = this.#open();
    this.#node = this.#way = currentWay();
  }

  /** Loads modules from what is kept, from now on. */
  install() {
    const node = this.#compile;
    const compile = (/** @type {LoadedModule} */ module, /** @type {string} */ code, /** @type {string} */ path) =>
      this.#compileAndNote(module, code, path);
    loader.prototype._compile = /** @this {LoadedModule} */ function (
      /** @type {string} */ code,
      /** @type {string} */ path,
      /** @type {string | undefined} */ format,
    ) {
      // From Node 22 on also modules of ECMAScript come along here.
      return format === undefined || format === "commonjs" ? compile(this, code, path) : node.call(this, code, path, format);
    };
    this.#hook();
  }

  /** Keeps what was loaded and is not kept yet. */
  keep() {
    if (this.#compiled.size === 0) return;
    const image = this.#nextImage(performance.timeOrigin);
    if (image) writeImage(this.#file, image);
  }

  #open() {
    const image = readImage(this.#file);
    if (!image) return emptyImage();
    markUsed(this.#file);
    return this.#compared(image);
  }

  /**
   * What may still be used of an image.
   * @param {Image} image
   */
  #compared(image) {
    this.#comparedAt = performance.now();
    if (Object.entries(image.stamps).some(([path, stamp]) => stampOf(path) !== stamp)) return emptyImage();
    this.#folders.compare(image.folders);
    return image;
  }

  #hook() {
    loader._resolveFilename = (request, parent, isMain, options) => this.#resolve(request, parent, isMain, options);
    for (const extension of EXTENSIONS) loader._extensions[extension] = (module, path) => this.#load(module, path, extension);
  }

  /** Loads what loads everything; it builds on Node's own ways, and ours goes before it. */
  #startTransforming() {
    if (this.#transforming) return;
    this.#transforming = true;
    loader._resolveFilename = this.#node.resolve;
    for (const extension of EXTENSIONS) {
      const before = this.#node.extensions[extension];
      if (before) loader._extensions[extension] = before;
      else delete loader._extensions[extension];
    }
    this.#transform();
    this.#way = currentWay();
    this.#hook();
  }

  /** @type {Resolve} */
  #resolve(request, parent, isMain, options) {
    const from = parent?.filename;
    if (Module.isBuiltin(request)) return this.#node.resolve(request, parent, isMain, options);
    const folder = from && !options?.paths ? dirname(from) : undefined;
    const known = folder === undefined ? undefined : this.#lookUp(folder, request);
    // Node says in its own words that there is none.
    if (known === null) return this.#node.resolve(request, parent, isMain, options);
    if (known !== undefined) {
      if (!LOADABLE.has(extname(known))) this.#startTransforming();
      return known;
    }
    this.#startTransforming();
    if (folder === undefined) return this.#way.resolve(request, parent, isMain, options);
    return this.#resolveAndNote(folder, request, () => this.#way.resolve(request, parent, isMain, options));
  }

  /**
   * @param {string} folder
   * @param {string} request
   */
  #lookUp(folder, request) {
    if (performance.now() - this.#comparedAt > TRUSTED_MS) this.#image = this.#compared(this.#image);
    const known = this.#image.found[folder];
    if (!known || !Object.hasOwn(known, request)) return undefined;
    const path = known[request];
    const places = [...this.#folders.lookedIn(folder, request), ...(path ? [dirname(path)] : [])];
    return places.some((place) => this.#folders.isChanged(place)) ? undefined : path;
  }

  /**
   * @param {string} folder
   * @param {string} request
   * @param {() => string} resolve
   */
  #resolveAndNote(folder, request, resolve) {
    const isKnown = (/** @type {string} */ path) => this.#folders.isOwn(path) || this.#folders.isOfPackage(path);
    if (!isKnown(folder)) return resolve();
    for (const place of this.#folders.lookedIn(folder, request))
      if (this.#folders.isOwn(place)) for (const at of this.#folders.upwards(place)) this.#folders.stateOf(at);
    const found = (this.#found[folder] ??= {});
    try {
      const path = resolve();
      if (isAbsolute(path) && isKnown(path)) found[request] = path;
      return path;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") found[request] = null;
      throw error;
    }
  }

  /**
   * @param {LoadedModule} module
   * @param {string} path
   * @param {string} extension
   */
  #load(module, path, extension) {
    const kept = this.#image.modules.get(path);
    if (kept && !this.#folders.isChanged(dirname(path)) && stampOf(path) === kept.stamp) {
      this.#run(module, path, kept);
      return;
    }
    this.#startTransforming();
    const load = this.#way.extensions[extension] ?? this.#way.extensions[".js"];
    if (!load) throw new Error(`nothing loads files that end with ${extension}`);
    load(module, path);
  }

  /**
   * @param {LoadedModule} module
   * @param {string} path
   * @param {KeptModule} kept
   */
  #run(module, path, { plain, wide, code, cache }) {
    const text = code.toString(wide ? "utf16le" : "latin1");
    if (plain) {
      this.#compile.call(module, text, path);
      return;
    }
    const script = compiled(text, path, cache);
    if (script.cachedDataRejected) this.#compiled.set(path, { script, code: text });
    else this.#used.set(path, script);
    evaluate(script, module, path);
  }

  /**
   * @param {LoadedModule} module
   * @param {string} code
   * @param {string} path
   */
  #compileAndNote(module, code, path) {
    if (BY_NODE.test(code)) {
      this.#compiled.set(path, { code });
      return this.#compile.call(module, code, path);
    }
    const text = wrapped(code);
    const script = compiled(text, path);
    this.#compiled.set(path, { script, code: text });
    return evaluate(script, module, path);
  }

  /**
   * What will be kept; undefined while a package changes, because nobody can say then what was read.
   * @param {number} start when this process began.
   * @returns {Image | undefined}
   */
  #nextImage(start) {
    const { stamps: known, found: before } = this.#image;
    /** @type {Image["found"]} */
    const found = { ...before };
    for (const [folder, requests] of Object.entries(this.#found)) found[folder] = { ...found[folder], ...requests };
    const modules = this.#nextModules(start);
    const inPackages = [...Object.entries(found).flatMap(([folder, requests]) => [folder, ...targetFolders(requests)])]
      .concat([...modules.keys()].map((path) => dirname(path)))
      .filter((folder) => this.#folders.isOfPackage(folder));
    const folders = new Set([...new Set(inPackages)].flatMap((folder) => this.#folders.upwards(folder)));
    /** @type {Image["stamps"]} */
    const stamps = {};
    for (const path of [...this.#folders.settings(), ...folders, ...[...folders].map((folder) => join(folder, "package.json"))]) {
      const stamp = known[path] ?? settledStamp(path, start);
      if (stamp !== undefined) stamps[path] = stamp;
      else if (stampOf(path) !== undefined) return undefined;
    }
    return { stamps, folders: this.#folders.states(), modules, found };
  }

  /**
   * @param {number} start
   * @returns {Image["modules"]}
   */
  #nextModules(start) {
    /** @type {Image["modules"]} */
    const modules = new Map();
    for (const [path, kept] of this.#image.modules) {
      if (this.#compiled.has(path) || stampOf(path) !== kept.stamp) continue;
      const script = this.#used.get(path);
      // By now more of its functions are compiled.
      modules.set(path, script ? { ...kept, cache: script.createCachedData() } : kept);
    }
    for (const [path, { script, code }] of this.#compiled) {
      const stamp = this.#folders.isOwn(path) || this.#folders.isOfPackage(path) ? settledStamp(path, start) : undefined;
      if (stamp === undefined) continue;
      const wide = BEYOND_LATIN.test(code);
      const bytes = Buffer.from(code, wide ? "utf16le" : "latin1");
      modules.set(path, { stamp, plain: !script, wide, code: bytes, cache: script?.createCachedData() ?? Buffer.alloc(0) });
    }
    return modules;
  }
}

/** @param {string} folder */
function makeFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    // On a read-only disk nothing is kept, which only costs time.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

/**
 * All that decides what is made of the same files.
 * @param {string} root
 */
function keyOf(root) {
  const packages = join(root, "node_modules");
  const parts = [
    root,
    realpathSync(packages),
    process.version,
    process.arch,
    cachedDataVersionTag(),
    process.execArgv,
    ["NODE_OPTIONS", "NODE_PATH", "TSX_TSCONFIG_PATH"].map((name) => process.env[name]),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** @returns {Way} */
function currentWay() {
  return { resolve: loader._resolveFilename, extensions: { ...loader._extensions } };
}

/** @param {Readonly<Record<string, string | null>>} requests */
function targetFolders(requests) {
  return Object.values(requests).flatMap((path) => (path === null ? [] : [dirname(path)]));
}

module.exports = { KeptModules };
