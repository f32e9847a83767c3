import { S3Client } from "@aws-sdk/client-s3";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { awsAccess } from "./aws-access";
import { FileLocks, type LockedStack, type LockStore, S3Locks } from "./recovery/lock-store";

/** Locks of a back end that keeps its own: Pulumi Cloud ends those whose owner is gone by itself. */
const NO_LOCKS: LockStore = { list: () => Promise.resolve([]), release: () => Promise.resolve() };

/** Folder of a `file://` URL, which may be relative to the project or to the home of the user. */
function folderOf(url: string, root: string): string {
  const path = url.slice("file://".length);
  if (path.startsWith("/")) return fileURLToPath(url);
  return path.startsWith("~") ? resolve(homedir(), path.replace(/^~\/?/, "")) : resolve(root, path);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** As Pulumi reads such a URL: `s3://bucket/prefix?region=…&endpoint=…&s3ForcePathStyle=true`. */
function s3Of(url: string, env: Environment): { readonly client: S3Client; readonly bucket: string; readonly prefix: string } {
  const { hostname: bucket, pathname, searchParams } = new URL(url);
  const [region, endpoint] = [searchParams.get("region"), searchParams.get("endpoint")];
  const client = new S3Client({
    ...awsAccess(env),
    ...(region !== null && { region }),
    ...(endpoint !== null && { endpoint }),
    forcePathStyle: ["s3ForcePathStyle", "use_path_style"].some((key) => searchParams.get(key) === "true"),
  });
  return { client, bucket, prefix: pathname.replace(/^\/+|\/+$/g, "") };
}

/**
 * Where a back end keeps the locks of a stack.
 * @param url as `pulumi whoami --json` gives it.
 * @param root folder of the project.
 * @param env environment variables of the engine: credentials for S3.
 */
export function locksOf(url: string, root: string, stack: LockedStack, env: Environment): LockStore {
  if (url.startsWith("file://")) return new FileLocks(folderOf(url, root), stack);
  if (!url.startsWith("s3://")) return NO_LOCKS;
  const { client, bucket, prefix } = s3Of(url, env);
  return new S3Locks(client, { bucket, prefix }, stack);
}
