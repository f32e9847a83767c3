"use strict";
const Module = require("node:module");
const { dirname } = require("node:path");
const { Script } = require("node:vm");

/** @typedef {NodeModule & { _compile(code: string, path: string): unknown }} LoadedModule */
/** @typedef {(module: LoadedModule, path: string) => void} Extension */
/** @typedef {(request: string, parent: NodeModule | undefined, isMain: boolean, options?: { paths?: readonly string[] }) => string} Resolve */
/**
 * What Node's loader for CommonJS lets others replace, as every loader of another language does.
 * @typedef {object} Loader
 * @property {Resolve} _resolveFilename
 * @property {(request: string, parent: NodeModule) => string[] | null} _resolveLookupPaths
 * @property {Record<string, Extension>} _extensions
 * @property {NodeJS.Dict<NodeModule>} _cache
 * @property {{ _compile(this: LoadedModule, code: string, path: string, format?: string): unknown }} prototype
 */

const loader = /** @type {Loader} */ (/** @type {unknown} */ (Module));

const HEAD = "(function (exports, require, module, __filename, __dirname) { ";
const TAIL = "\n})";

/**
 * The code of a module as a function, which Node makes of it too.
 * @param {string} code
 */
function wrapped(code) {
  return `${HEAD}${code}${TAIL}`;
}

/**
 * @param {string} code wrapped.
 * @param {string} path
 * @param {Buffer} [cachedData] what V8 made of it the last time.
 */
function compiled(code, path, cachedData) {
  // The first line begins where the file does.
  return new Script(code, { filename: path, columnOffset: -HEAD.length, ...(cachedData && { cachedData }) });
}

/**
 * @param {Script} script
 * @param {LoadedModule} module
 * @param {string} path
 */
function evaluate(script, module, path) {
  const run = /** @type {(...args: unknown[]) => unknown} */ (script.runInThisContext());
  return Reflect.apply(run, module.exports, [module.exports, requireOf(module), module, path, dirname(path)]);
}

/**
 * The `require` of a module, as Node makes it.
 * @param {NodeModule} module
 */
function requireOf(module) {
  const resolve = (/** @type {string} */ request, /** @type {{ paths?: readonly string[] } | undefined} */ options) =>
    loader._resolveFilename(request, module, false, options);
  resolve.paths = (/** @type {string} */ request) => loader._resolveLookupPaths(request, module);
  const require = (/** @type {string} */ id) => module.require(id);
  return Object.assign(require, { resolve, main: process.mainModule, extensions: loader._extensions, cache: loader._cache });
}

module.exports = { loader, wrapped, compiled, evaluate };
