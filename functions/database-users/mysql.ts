import { mysql } from "./engines/mysql";
import { handlerFor } from "./handler";

export const handler = handlerFor(mysql);
