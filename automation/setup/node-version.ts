import { engines } from "../../package.json";

/** Whether a version of Node.js is at least the one that `package.json` asks for, as `>=20.19`. */
export function satisfiesEngine(version: string): { readonly fine: boolean; readonly wanted: string } {
  const wanted = engines.node.replace(">=", "");
  return { fine: version.localeCompare(wanted, "en", { numeric: true }) >= 0, wanted: `${wanted} or newer` };
}
