import { sqlserver } from "./engines/sqlserver";
import { handlerFor } from "./handler";

export const handler = handlerFor(sqlserver);
