import type { Finding } from "../finding";
import { isSecret, read, type Resource, text } from "../resource";
import type { Looked } from "./properties";
import { secretInScript } from "./texts";

/** Where scripts that hosts start with are; they are read by whoever may describe the host. */
const USER_DATA = ["userData", "userDataBase64"];
const USER_DATA_TYPES = [
  "aws:ec2/instance:Instance",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
];

/** The scripts that instances start with. */
export function secretScripts(resource: Resource): Looked {
  if (!USER_DATA_TYPES.includes(resource.type)) return undefined;
  const found = USER_DATA.filter((property) => read(resource, property).state !== "absent");
  if (found.length === 0) return undefined;
  return found.flatMap((property): Finding[] => {
    const script = read(resource, property);
    if (isSecret(script)) return [{ what: `${property} holds a value that the program marks as secret`, property }];
    const known = text(script);
    if (known === undefined) return script.state === "unknown" ? [{ what: `${property} is not known yet`, property, unknown: true }] : [];
    const secret = secretInScript(decoded(known));
    return secret === undefined ? [] : [{ what: `${property} holds ${secret}`, property }];
  });
}

/** User data comes as it is or in base 64. */
function decoded(script: string): string {
  return /^[A-Za-z0-9+/\s]+=*\s*$/.test(script) && !script.includes(" ") ? Buffer.from(script, "base64").toString("utf8") : script;
}
