import { postgres } from "./engines/postgres";
import { handlerFor } from "./handler";

export const handler = handlerFor(postgres);
