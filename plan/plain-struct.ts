import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Json, type Properties } from "./graph";

/** A copy with the keys of every object in the order in which a message of the wire lists them. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value === "object" && value !== null) return orderedProperties(value);
  if (value === undefined || typeof value === "function") throw new Error(`${typeof value} is no value of a message`);
  return value;
}

function orderedProperties(properties: Properties): Properties {
  const copy: Properties = {};
  for (const key of Object.keys(properties).sort()) copy[key] = inOrder(properties[key] as Json);
  return copy;
}

/**
 * A message that is never sent: it holds the object itself instead of a tree of fields for each of its values. Whoever reads it gets what a real one gives.
 */
export class PlainStruct extends Struct {
  private properties: Properties = {};

  static of(properties: Properties): PlainStruct {
    const struct = new PlainStruct();
    struct.properties = properties;
    return struct;
  }

  override toJavaScript(): Record<string, JavaScriptValue> {
    return orderedProperties(this.properties);
  }
}
