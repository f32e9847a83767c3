import { buildSync } from "esbuild";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PACKS } from "../policy/packs";
import type { Pack } from "../policy/lib/rule";

const ROOT = resolve(__dirname, "..");
const POLICY = join(ROOT, "policy");

/** What a pack can't have in it: there must be one of each in a process. */
const DEPENDENCIES = ["@pulumi/policy", "@pulumi/pulumi"] as const;

interface PackageFile {
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The folder of a pack under `policy/`. */
function folderOf({ name }: Pack): string {
  return name.replace(/^strata-/, "");
}

/**
 * Writes each pack as a package that stands alone: its rules, `policy/lib` and `facts/` in one file that needs no build and no TypeScript.
 * `pulumi policy publish` and `--policy-pack` take such a folder after `npm install` in it.
 * @param out gets a folder for each pack.
 */
export function packagePolicies(out: string): void {
  const root = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as PackageFile;
  for (const pack of PACKS) {
    const folder = join(out, folderOf(pack));
    mkdirSync(folder, { recursive: true });
    bundle(pack, join(folder, "index.js"));
    cpSync(join(POLICY, folderOf(pack), "PulumiPolicy.yaml"), join(folder, "PulumiPolicy.yaml"));
    cpSync(join(POLICY, "LICENSE"), join(folder, "LICENSE"));
    const dependencies = Object.fromEntries(DEPENDENCIES.map((name) => [name, root.dependencies[name]]));
    const { version, license } = root;
    const description = { name: `${pack.name}-policies`, version, description: pack.description, license, main: "index.js", dependencies };
    writeFileSync(join(folder, "package.json"), `${JSON.stringify(description, undefined, 2)}\n`);
    writeFileSync(join(folder, "README.md"), readme(pack));
  }
}

/** Ids of the rules of all packs are in each, as exceptions may name them. */
function bundle({ name }: Pack, outfile: string): void {
  const contents = `
    import { servePack } from "./lib/crossguard";
    import { PACKS } from "./packs";
    servePack(PACKS.find(({ name }) => name === ${JSON.stringify(name)}), { packs: () => PACKS });`;
  buildSync({
    stdin: { contents, resolveDir: POLICY, loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    external: [...DEPENDENCIES],
    // Rules are read where they fail.
    minify: false,
  });
}

function readme({ name, description, rules }: Pack): string {
  const list = rules.map(({ id, title, severity }) => `- \`${id}\` (${severity}): ${title}.`).join("\n");
  return `# ${name}

${description} A policy pack for Pulumi, usable on any stack of AWS.

\`\`\`sh
npm install
pulumi preview --policy-pack path/to/this/folder --policy-pack-config levels.json
\`\`\`

Rules of severity high and critical stop a deployment, others are said; \`levels.json\` gives a rule another level, and its settings:
\`{ "${rules[0]?.id ?? "all"}": "advisory" }\`. Exceptions are read from \`exceptions.json\` beside this folder, or from the file that \`STRATA_POLICY_EXCEPTIONS\` names.

${list}
`;
}

if (require.main === module) packagePolicies(resolve(process.argv[2] ?? join(ROOT, ".strata/policy")));
