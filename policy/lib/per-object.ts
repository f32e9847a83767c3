/**
 * Remembers what is made of an object for as long as the object lives. Several rules ask the same of a resource, and a plan that is made again takes over the
 * resources that stayed the same. It must depend on nothing but the object.
 */
export function perObject<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const made = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    const known = made.get(key);
    if (known) return known.value;
    const value = make(key);
    made.set(key, { value });
    return value;
  };
}
