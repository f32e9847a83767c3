/**
 * Image of the Graphite project itself. As it is, it is one machine with everything in it that starts as root; here each container runs one
 * program of it, without its entry point and as a user of its own.
 */
export const GRAPHITE_IMAGE = "graphiteapp/graphite-statsd:1.1.10-5";

/** Where that image has its programs. */
export const GRAPHITE_PYTHON = "/opt/graphite/bin/python3";
export const CARBON_CACHE = "/opt/graphite/bin/carbon-cache.py";
export const STATSD = "/opt/statsd/stats.js";

/** User of every program of this folder; none of them needs to be in an image's list of users. */
export const METRICS_USER = 10_001;
