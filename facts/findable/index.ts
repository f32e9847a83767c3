import { COMPUTE_FINDABLE } from "./compute";
import { type Findable } from "./findable";
import { NETWORK_FINDABLE } from "./network";
import { OTHER_FINDABLE } from "./other";
import { STORE_FINDABLE } from "./stores";

export { type Findable, type Finding, type Template } from "./findable";

/** How a resource is found in AWS whose creation was begun, by type token. */
export const FINDABLE: Readonly<Record<string, Findable>> = {
  ...COMPUTE_FINDABLE,
  ...NETWORK_FINDABLE,
  ...OTHER_FINDABLE,
  ...STORE_FINDABLE,
};
