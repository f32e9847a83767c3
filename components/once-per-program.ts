import { runtime } from "@pulumi/pulumi";

/** Stands for a program without a stack, such as a test of one component. */
const NO_STACK = {};

/** Makes something once for each run of the program, by its key: a process that plans again must see what has changed since. */
export function oncePerProgram<T>(make: (key: string) => T): (key: string) => T {
  const made = new WeakMap<object, Map<string, T>>();
  return (key) => {
    const program = runtime.getStackResource() ?? NO_STACK;
    const own = made.get(program) ?? new Map<string, T>();
    made.set(program, own);
    const known = own.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    own.set(key, value);
    return value;
  };
}
