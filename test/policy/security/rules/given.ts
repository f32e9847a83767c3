import { type Given } from "../../cases";
import { type Inputs } from "../../stack";

/** A resource by itself. */
export function given(type: string, inputs: Inputs = {}): Given {
  return (stack) => stack.add(type, "orders", inputs);
}

/** A resource of an environment that is not durable. */
export function givenInDev(type: string, inputs: Inputs = {}): Given {
  return (stack) => stack.add(type, "orders", inputs, stack.add("strata:stacks:Platform", "dev", { durable: false }));
}
