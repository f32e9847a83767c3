import { escape } from "mysql2/promise";
import { mysqlFamily } from "./mysql-family";

/** MySQL 8.0 and later. The server writes such statements to its logs without the password (MySQL manual, "Passwords and Logging"). */
export const mysql = mysqlFamily({ name: "mysql", identifiedBy: (password) => `IDENTIFIED BY ${escape(password)}` });
