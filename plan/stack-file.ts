import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { ConfigError, UserError } from "../components/faults";
import { suggestion } from "../components/parse";
import { SECRET } from "./graph";

const PROJECT_FILE = "Pulumi.yaml";
const STACK_FILE = /^Pulumi\.(.+)\.yaml$/;

/** A stack's configuration as the engine would hand it to the program. */
export interface StackFile {
  /** Folder of the project. */
  readonly root: string;
  readonly project: string;
  readonly stack: string;
  /** Values by full key; anything but text as JSON. */
  readonly config: Record<string, string>;
  /** Keys whose value is a secret; the plan holds only that there is one. */
  readonly secretKeys: string[];
}

function readYaml(root: string, file: string): Record<string, unknown> {
  const document = parseDocument(readFileSync(join(root, file), "utf8"), { prettyErrors: true });
  if (document.errors.length > 0)
    throw new ConfigError(
      document.errors.map((error) => ({
        key: `${file}:${error.linePos?.[0].line ?? 1}`,
        what: `is not YAML: ${error.message.split("\n")[0] ?? error.code}`,
      })),
    );
  const value: unknown = document.toJS();
  if (typeof value !== "object" || value === null) throw new ConfigError([{ key: file, what: "is empty", right: "give it a `config:`" }]);
  return value as Record<string, unknown>;
}

/** Names of the environments that have a stack file in a project. */
export function environments(root: string): string[] {
  return readdirSync(root)
    .flatMap((file) => STACK_FILE.exec(file)?.[1] ?? [])
    .sort();
}

function isSecure(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

/** Encrypted values stay encrypted: the plan needs no passphrase, and must not hold what it could print. */
function withoutSecrets(value: unknown): unknown {
  if (isSecure(value)) return SECRET;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}

function holdsSecret(value: unknown): boolean {
  return isSecure(value) || (typeof value === "object" && value !== null && Object.values(value).some(holdsSecret));
}

/** The default that `Pulumi.yaml` gives a key, if it does. */
function declaredDefaults(declared: unknown): Record<string, unknown> {
  if (typeof declared !== "object" || declared === null) return {};
  return Object.fromEntries(
    Object.entries(declared as Record<string, unknown>).flatMap(([key, declaration]) =>
      typeof declaration === "object" && declaration !== null && "default" in declaration ? [[key, declaration.default]] : [],
    ),
  );
}

/** Name of a project, from its `Pulumi.yaml`. */
export function readProject(root: string): string {
  const { name } = readYaml(root, PROJECT_FILE);
  if (typeof name !== "string" || name === "") throw new ConfigError([{ key: `${PROJECT_FILE}: name`, what: "is missing" }]);
  return name;
}

/**
 * Reads `Pulumi.yaml` and a stack's own file.
 * @throws {UserError} when there is no project or no such environment. {ConfigError} when a file is not YAML.
 */
export function readStackFile(root: string, stack: string): StackFile {
  if (!existsSync(join(root, PROJECT_FILE)))
    throw new UserError(`${PROJECT_FILE}: is missing in ${root}; run this in the folder of the platform, or name it with --cwd`);
  const known = environments(root);
  if (known.length === 0)
    throw new UserError(`Pulumi.${stack}.yaml: is missing, and so is every other stack file; start from a copy of one`);
  if (!known.includes(stack))
    throw new UserError(`${stack}: is not an environment, there is no Pulumi.${stack}.yaml; ${suggestion(stack, known)}`);
  const project = readYaml(root, PROJECT_FILE);
  const file = readYaml(root, `Pulumi.${stack}.yaml`);
  const name = readProject(root);
  const values = { ...declaredDefaults(project["config"]), ...(file["config"] as Record<string, unknown> | undefined) };
  const qualified = Object.entries(values).map(([key, value]) => [key.includes(":") ? key : `${name}:${key}`, value] as const);
  return {
    root,
    project: name,
    stack,
    config: Object.fromEntries(
      qualified.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(withoutSecrets(value))]),
    ),
    secretKeys: qualified.flatMap(([key, value]) => (holdsSecret(value) ? [key] : [])),
  };
}
