import { oracle } from "./engines/oracle";
import { handlerFor } from "./handler";

export const handler = handlerFor(oracle);
