"use strict";
const { dirname, isAbsolute, join, resolve, sep } = require("node:path");
const { namesIn, stampOf } = require("./stamps");

const PACKAGES = `${sep}node_modules${sep}`;

/** @typedef {{ readonly stamp: string, readonly names: string }} FolderState */

/** Folders that have a say in where a request for a module leads to: those of the project, by the names in them, and those of packages. */
class Folders {
  #root;
  #start;
  /** @type {Map<string, FolderState | undefined>} */
  #states = new Map();
  /** @type {Set<string>} */
  #changed = new Set();

  /** @param {string} root folder of the project. */
  constructor(root) {
    this.#root = root;
    this.#start = `${root}${sep}`;
  }

  /** @param {string} path */
  isOwn(path) {
    return path === this.#root || (path.startsWith(this.#start) && !`${path.slice(this.#root.length)}${sep}`.includes(PACKAGES));
  }

  /** @param {string} path */
  isOfPackage(path) {
    return !this.isOwn(path) && `${path}${sep}`.includes(PACKAGES);
  }

  /**
   * A folder and those above it, up to the project's, or up to the outermost `node_modules`; of one outside of both, the folder alone.
   * @param {string} folder
   */
  upwards(folder) {
    if (!this.isOwn(folder) && !this.isOfPackage(folder)) return [folder];
    const last = this.isOwn(folder) ? this.#root : folder.slice(0, `${folder}${sep}`.indexOf(PACKAGES) + PACKAGES.length - 1);
    const all = [folder];
    for (let at = folder; at !== last && at.length > last.length;) all.push((at = dirname(at)));
    return all;
  }

  /**
   * Takes what is known of the project's folders from the last time, and finds out which have changed.
   * @param {Readonly<Record<string, FolderState>>} before
   */
  compare(before) {
    for (const [folder, state] of Object.entries(before)) {
      const stamp = stampOf(folder);
      const names = stamp === state.stamp ? state.names : namesIn(folder);
      this.#states.set(folder, stamp === undefined || names === undefined ? undefined : { stamp, names });
      if (names !== state.names) this.#changed.add(folder);
    }
  }

  /**
   * The state of a folder when it was first asked for, which is before anything was looked for in it.
   * @param {string} folder
   */
  stateOf(folder) {
    if (!this.#states.has(folder)) {
      const [stamp, names] = [stampOf(folder), namesIn(folder)];
      this.#states.set(folder, stamp === undefined || names === undefined ? undefined : { stamp, names });
    }
    return this.#states.get(folder);
  }

  /**
   * Whether what lies in a folder may be another than the last time: a name in it, or in one above it, is new or gone. The project's own folder counts only for
   * what lies in it, since everybody writes there; what it has a say in beyond that are its settings and packages, which are compared for themselves.
   * @param {string} folder
   */
  isChanged(folder) {
    if (this.#changed.size === 0 || !this.isOwn(folder)) return false;
    return this.upwards(folder).some((at) => this.#changed.has(at) && (at !== this.#root || folder === at));
  }

  /**
   * Folders of the project in which a request is looked for, as far as files of the project are meant.
   * @param {string} folder of who asks.
   * @param {string} request
   */
  lookedIn(folder, request) {
    if (!request.startsWith(".") && !isAbsolute(request)) return [folder];
    const path = resolve(folder, request);
    return [folder, dirname(path), path];
  }

  /** Settings of the project that decide how its files are read. */
  settings() {
    return ["package.json", "tsconfig.json", "node_modules"].map((name) => join(this.#root, name));
  }

  /** States of the project's folders that something was looked for in. */
  states() {
    return Object.fromEntries([...this.#states].flatMap(([folder, state]) => (state && this.isOwn(folder) ? [[folder, state]] : [])));
  }
}

module.exports = { Folders };
