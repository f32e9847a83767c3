"use strict";
const { createHash } = require("node:crypto");
const { readdirSync, statSync } = require("node:fs");

/** Milliseconds within which two changes may get the same time: a tick of the kernel's clock, with room; or what a file system that counts seconds misses. */
const TICK = 100;
const COARSE_TICK = 2_000;
const SECOND = 1_000;

/** @param {import("node:fs").Stats} stats */
function stampFrom({ size, mtimeMs, ctimeMs, ino }) {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
}

/**
 * What tells a state of a file or folder from every other. Any program can set `mtime`, and leave the size; but `ctime`, the time of the last change, is set
 * by the kernel alone, at each write, rename and change of `mtime`.
 * @param {string} path
 * @returns {string | undefined} undefined for what is not there.
 */
function stampOf(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && stampFrom(stats);
}

/**
 * The stamp of what has had it since before a time: the next change gets another one, and what was read since is what the stamp stands for.
 * @param {string} path
 * @param {number} time in milliseconds since 1970.
 * @returns {string | undefined} undefined for what changed since, or is not there.
 */
function settledStamp(path, time) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  const tick = stats.ctimeMs % SECOND === 0 ? COARSE_TICK : TICK;
  return stats.ctimeMs + tick < time ? stampFrom(stats) : undefined;
}

/**
 * What is in a folder, by name alone: an editor that replaces a file changes the stamp of its folder, but no name.
 * @param {string} folder
 * @returns {string | undefined} undefined for what is no folder.
 */
function namesIn(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  return createHash("sha256").update(readdirSync(folder).sort().join("\n")).digest("base64");
}

module.exports = { stampOf, settledStamp, namesIn };
