import { CONTROL_PLANE } from "../kubernetes/binaries";
import { build } from "./built";
import { COLLECTOR } from "./collector";
import { LOKI } from "./loki";

// `npm run build:daemons`: what cannot be built is said, and its tests say that they were skipped.
for (const daemon of [COLLECTOR, LOKI, CONTROL_PLANE]) {
  const built = build(daemon);
  process.stdout.write(`${daemon.name} ${daemon.version}: ${"missing" in built ? built.missing : built.folder}\n`);
}
