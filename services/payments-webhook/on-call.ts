import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { isSigned } from "./signature";

/** What a call needs. */
export interface Webhook {
  readonly dynamodb: DynamoDBClient;
  /** Table with the partition key `id`. */
  readonly table: string;
  /** Secret shared with the payment provider. */
  readonly secret: () => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What the provider tells about a payment. */
interface PaymentEvent {
  readonly id: string;
  readonly type: string;
}

const SIGNATURE = "x-signature";

/**
 * Records a call of the payment provider once: 200 for the first and for every repetition, 401 for a call it did not sign, 400 for one that
 * says nothing. The provider repeats what gets no answer or 5xx, so recording twice must be the same as once.
 */
export function onCall({ dynamodb, table, secret, now }: Webhook) {
  return async (call: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const body = Buffer.from(call.body ?? "", call.isBase64Encoded ? "base64" : "utf8").toString("utf8");
    if (!isSigned(await secret(), body, call.headers[SIGNATURE], now())) return answer(401, "the signature is missing, old or wrong");
    const event = paymentEvent(body);
    if (!event) return answer(400, "the body is not a payment event with id and type");
    try {
      await dynamodb.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            id: { S: event.id },
            type: { S: event.type },
            received: { S: new Date(now()).toISOString() },
            event: { S: body },
          },
          ConditionExpression: "attribute_not_exists(id)",
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return answer(200, "recorded before");
    }
    return answer(200, "recorded");
  };
}

function paymentEvent(body: string): PaymentEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return isPaymentEvent(value) ? value : undefined;
}

function isPaymentEvent(value: unknown): value is PaymentEvent {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    value.id !== "" &&
    "type" in value &&
    typeof value.type === "string"
  );
}

function answer(statusCode: number, message: string): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify({ message }) };
}
