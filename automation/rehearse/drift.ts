import { type Json, type Properties } from "../../plan/graph";
import { type Cloud, type CloudKey, type CloudResource } from "./cloud";

/** Things that people do in the console, behind the back of a stack. */

function found(cloud: Cloud, key: CloudKey): CloudResource {
  const there = cloud.read(key);
  if (!there) throw new Error(`${key.type} "${key.id}" is not in the simulated cloud`);
  return there;
}

/** Changes one property. The provider reads it as an input, since what AWS answers does not say who asked for it. */
export function changeProperty(cloud: Cloud, key: CloudKey, property: string, value: Json): void {
  const there = found(cloud, key);
  cloud.write({
    ...there,
    inputs: { ...there.inputs, [property]: value },
    outputs: { ...there.outputs, [property]: value },
  });
}

/** Deletes a resource, and nothing of what belongs to it. */
export function deleteBehindBack(cloud: Cloud, key: CloudKey): void {
  cloud.delete(found(cloud, key));
}

/** Makes a resource that no program asked for, with the tags that tell whose it would be. */
export function createUnmanaged(cloud: Cloud, type: string, id: string, properties: Properties): void {
  cloud.create({
    type,
    id,
    urn: `unmanaged::${type}::${id}`,
    inputs: properties,
    outputs: { ...properties, tagsAll: properties["tags"] ?? {} },
  });
}

/** Puts objects into a bucket, which can't be deleted from then on. */
export function fillBucket(cloud: Cloud, bucket: string, objects: number): void {
  cloud.write({ ...found(cloud, { type: "aws:s3/bucket:Bucket", id: bucket }), contents: objects });
}
