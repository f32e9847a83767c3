import { createHash } from "node:crypto";
import { mysqlFamily } from "./mysql-family";

function sha1(data: string | Buffer): Buffer {
  return createHash("sha1").update(data).digest();
}

/** What the server keeps of a password (MariaDB, "Authentication Plugin - mysql_native_password"). */
export function nativeHash(password: string): string {
  return `*${sha1(sha1(password)).toString("hex").toUpperCase()}`;
}

/** MariaDB 10.11 and later. It logs statements as they come, so it gets the hash and never the password. */
export const mariadb = mysqlFamily({
  name: "mariadb",
  identifiedBy: (password) => `IDENTIFIED VIA mysql_native_password USING '${nativeHash(password)}'`,
});
