import { mariadb } from "./engines/mariadb";
import { handlerFor } from "./handler";

export const handler = handlerFor(mariadb);
