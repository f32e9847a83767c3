"use strict";
const Module = require("node:module");
const { sep } = require("node:path");

/**
 * What packages load whole when they are loaded, and only some programs use: to serialise functions, to drive an engine, to make what awsx made in its first
 * version. These are 800 modules, and the TypeScript compiler. Source: the files named here, of @pulumi/pulumi 3.248 and @pulumi/awsx 3.9, which read no property
 * of what they ask for before they need it. Where another version asks otherwise, nothing is deferred.
 */
const DEFERRED = [
  { by: "pulumi/index.js", request: "./automation" },
  { by: "pulumi/runtime/closure/codePaths.js", request: "@npmcli/arborist" },
  { by: "pulumi/runtime/closure/parseFunction.js", request: "../../typescript-shim" },
  { by: "awsx/index.js", request: "./classic" },
].map(({ by, request }) => ({ request, by: ["", "node_modules", "@pulumi", ...by.split("/")].join(sep) }));
const REQUESTS = new Set(DEFERRED.map(({ request }) => request));

/**
 * A module that is loaded when something of it is first used.
 * @param {() => object} load
 */
function later(load) {
  /** @type {object | undefined} */
  let loaded;
  const real = () => (loaded ??= load());
  return new Proxy(/** @type {Record<PropertyKey, unknown>} */ ({}), {
    // What compiled TypeScript asks before it takes a module as it is, instead of copying everything out of it.
    get: (_, key) => (key === "__esModule" ? true : Reflect.get(real(), key)),
    has: (_, key) => key in real(),
    ownKeys: () => Reflect.ownKeys(real()),
    getOwnPropertyDescriptor: (_, key) => {
      const found = Object.getOwnPropertyDescriptor(real(), key);
      // What a proxy says of a property that its target has not must be configurable.
      return found && { ...found, configurable: true };
    },
    set: (_, key, value) => Reflect.set(real(), key, value),
  });
}

/** Defers what a plan never uses. */
function deferModules() {
  const loader = /** @type {{ _load: (request: string, parent: { filename?: string | null } | undefined, isMain: boolean) => any }} */ (
    /** @type {unknown} */ (Module)
  );
  const load = loader._load;
  loader._load = function (request, parent, isMain) {
    const by = parent?.filename;
    if (!REQUESTS.has(request) || !by || !DEFERRED.some((one) => one.request === request && by.endsWith(one.by)))
      return load.call(this, request, parent, isMain);
    return later(() => load.call(this, request, parent, isMain));
  };
}

module.exports = { deferModules };
