import type Database from 'better-sqlite3';
import { errorBody, ErpError } from './erp-error.ts';
import type { ErpMethod, ErpReply, WriteMethod } from './erp-method.ts';
import { checkFields } from './field-set.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { checkWriteQuery, readReply, type CursorOption } from './read-reply.ts';

/** One HTTP call after its method and its caller are known. */
export type ApiCall = {
  readonly user: string;
  readonly httpMethod: string;
  readonly isReadByPost: boolean;
  readonly query: URLSearchParams;
  readonly rawBody: string;
  readonly isRecordBusy: () => boolean;
};

type Dependencies = { readonly db: Database.Database; readonly nowMs: () => number; readonly cursor: CursorOption };

/** Runs a method once and gives its reply; refusals are replies too. A write is one transaction, on disk on return. */
export function createCallRunner({ db, nowMs, cursor }: Dependencies): (method: ErpMethod, call: ApiCall) => ErpReply {
  const inTransaction = db.transaction((method: WriteMethod, call: ApiCall, body: JsonObject) =>
    method.write({ body, user: call.user, nowMs: nowMs(), isRecordBusy: call.isRecordBusy }),
  );

  return (method, call) => {
    try {
      if (method.kind === 'read') {
        if (call.httpMethod !== 'GET' && !call.isReadByPost)
          throw new ErpError(400, `${method.name} must be called with GET`);
        return readReply(method, call.query, call.isReadByPost ? parseBody(call.rawBody) : {}, cursor);
      }
      if (call.httpMethod !== 'POST' || call.isReadByPost)
        throw new ErpError(400, `${method.name} must be called with POST`);
      checkWriteQuery(method.name, call.query);
      const body = parseBody(call.rawBody);
      checkFields(method.name, method.body, body);
      return inTransaction.immediate(method, call, body);
    } catch (error) {
      if (error instanceof ErpError) return { status: error.status, body: errorBody(error.status, error.message) };
      throw error;
    }
  };
}

function parseBody(text: string): JsonObject {
  let value: unknown;
  try {
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    throw new ErpError(400, 'O corpo da chamada não é um JSON válido');
  }
  if (!isJsonObject(value)) throw new ErpError(400, 'O corpo da chamada deve ser um objeto JSON');
  return value;
}
