import {
  CloudControlClient,
  DeleteResourceCommand,
  GetResourceCommand,
  paginateListResources,
  ResourceNotFoundException,
  waitUntilResourceRequestSuccess,
} from "@aws-sdk/client-cloudcontrol";
import { GetResourcesCommand, type ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { z } from "zod";
import { type Properties } from "../../plan/graph";

const Bag = z.record(z.string(), z.json());

/** Longest that AWS is waited for when it deletes something: an EKS cluster or a store takes a quarter of an hour. */
const LONGEST_DELETION_SECONDS = 3600;

/** Something that has tags, as the Resource Groups Tagging API lists it. */
export interface TaggedArn {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What has all of some tags. A resource is listed some seconds after its creation. */
export async function listTagged(
  client: ResourceGroupsTaggingAPIClient,
  tags: Readonly<Record<string, string>>,
  resourceType?: string,
): Promise<TaggedArn[]> {
  const found: TaggedArn[] = [];
  let token: string | undefined;
  do {
    const { ResourceTagMappingList: page = [], PaginationToken } = await client.send(
      new GetResourcesCommand({
        TagFilters: Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] })),
        ...(resourceType !== undefined && { ResourceTypeFilters: [resourceType] }),
        ...(token !== undefined && { PaginationToken: token }),
      }),
    );
    for (const { ResourceARN: arn, Tags = [] } of page)
      if (arn !== undefined) found.push({ arn, tags: Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value])) });
    token = PaginationToken === "" ? undefined : PaginationToken;
  } while (token !== undefined);
  return found;
}

/** Cloud Control: one way to ask for, list and delete most of what AWS has. */
export class Control {
  constructor(private readonly client: CloudControlClient) {}

  /** Properties of a resource; nothing when there is none. */
  async read(typeName: string, identifier: string): Promise<Properties | undefined> {
    try {
      const { ResourceDescription: found } = await this.client.send(new GetResourceCommand({ TypeName: typeName, Identifier: identifier }));
      return found?.Properties === undefined ? {} : Bag.parse(JSON.parse(found.Properties));
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  /** Identifiers of all resources of a type, or of those in a parent. */
  async list(typeName: string, parent: Properties): Promise<string[]> {
    const model = Object.keys(parent).length === 0 ? {} : { ResourceModel: JSON.stringify(parent) };
    const found: string[] = [];
    for await (const { ResourceDescriptions = [] } of paginateListResources({ client: this.client }, { TypeName: typeName, ...model }))
      found.push(...ResourceDescriptions.flatMap(({ Identifier }) => (Identifier === undefined ? [] : [Identifier])));
    return found;
  }

  /**
   * Deletes a resource, and waits until it is gone.
   * @throws {Error} when AWS refuses, with its reason.
   */
  async delete(typeName: string, identifier: string): Promise<void> {
    const { ProgressEvent } = await this.client.send(new DeleteResourceCommand({ TypeName: typeName, Identifier: identifier }));
    await waitUntilResourceRequestSuccess(
      { client: this.client, maxWaitTime: LONGEST_DELETION_SECONDS },
      { RequestToken: ProgressEvent?.RequestToken },
    );
  }
}
