import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** An artifact of Maven Central, as `group:artifact:version`. */
export type Coordinates = `${string}:${string}:${string}`;

/** Java that the brokers need: Kafka 3.9 and ActiveMQ 5.18 ask for 11, and starting a source file is older than that. */
const OLDEST_JAVA = 11;

/** Downloads outlive a test run, and stay out of the tree. */
function cacheFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "strata", "jars");
}

function whyNotJava(): string | undefined {
  const java = spawnSync("java", ["-version"], { encoding: "utf8" });
  if (java.error) return "no java on the PATH; install Debian's package default-jdk-headless";
  const version = Number(/version "(\d+)/.exec(java.stderr)?.[1] ?? 0);
  if (version < OLDEST_JAVA) return `java is older than ${OLDEST_JAVA}: ${java.stderr.split("\n")[0]}`;
  if (spawnSync("javac", ["-version"], { stdio: "ignore" }).error)
    return "java has no compiler; install Debian's package default-jdk-headless";
  return spawnSync("mvn", ["--version"], { stdio: "ignore" }).error ? "no mvn on the PATH; install Debian's package maven" : undefined;
}

function project(artifacts: readonly Coordinates[]): string {
  const dependencies = artifacts.map((artifact) => {
    const [group, name, version] = artifact.split(":");
    return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;
  });
  return [
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    "<groupId>strata</groupId><artifactId>daemon</artifactId><version>1</version>",
    `<dependencies>${dependencies.join("")}</dependencies></project>`,
  ].join("\n");
}

/**
 * Artifacts and all they need, in a folder.
 * @returns the class path, or why there is none on this machine.
 */
export function jars(artifacts: readonly Coordinates[]): { readonly classPath: string } | { readonly missing: string } {
  const missing = whyNotJava();
  if (missing) return { missing };
  const pom = project(artifacts);
  const name = createHash("sha256").update(pom).digest("hex").slice(0, 16);
  const folder = join(cacheFolder(), name);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, "pom.xml"), pom);
    const { status, stdout } = spawnSync("mvn", ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${unfinished}`], {
      cwd: unfinished,
      encoding: "utf8",
    });
    if (status !== 0) {
      rmSync(unfinished, { recursive: true, force: true });
      return {
        missing: `mvn could not get ${artifacts.join(", ")}: ${stdout.split("\n").find((line) => line.includes("ERROR")) ?? "no reason"}`,
      };
    }
    // A run that is broken off leaves nothing that looks whole.
    renameSync(unfinished, folder);
  }
  return { classPath: join(folder, "*") };
}
