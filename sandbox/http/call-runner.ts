import type Database from 'better-sqlite3';
import type { DialectControl } from '../dialects/dialect.ts';
import type { LateCommits } from '../store/late-commits.ts';
import type { DateFormat } from './date-format.ts';
import { errorBody, ErpError } from './erp-error.ts';
import type { ErpMethod, ErpReply, ReadMethod, WriteMethod } from './erp-method.ts';
import { checkFields } from './field-set.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { readReply, writeDates, type CursorBack } from './read-reply.ts';

/** One HTTP call after its method and its caller are known. */
export type ApiCall = {
  readonly user: string;
  readonly httpMethod: string;
  readonly isReadByPost: boolean;
  readonly query: URLSearchParams;
  readonly rawBody: string;
  readonly cursorBack: CursorBack;
  readonly isRecordBusy: () => boolean;
};

type Dependencies = {
  readonly db: Database.Database;
  readonly nowMs: () => number;
  readonly dialect: DialectControl;
  readonly late: LateCommits;
};

/** Runs a method once and gives its reply; refusals are replies too. A write is one transaction, on disk on return. */
export function createCallRunner(dependencies: Dependencies): (method: ErpMethod, call: ApiCall) => ErpReply {
  const { db, nowMs, dialect, late } = dependencies;
  const inTransaction = db.transaction((method: WriteMethod, call: ApiCall, body: JsonObject, dates: DateFormat) =>
    method.write({ body, user: call.user, nowMs: nowMs(), dates, isRecordBusy: call.isRecordBusy }),
  );

  function read(method: ReadMethod, call: ApiCall): ErpReply {
    if (call.httpMethod !== 'GET' && !call.isReadByPost)
      throw new ErpError(400, `${method.name} must be called with GET`);
    if (method.isPosted === true && dialect.current().postedReads && !call.isReadByPost)
      throw new ErpError(400, `${method.name} must be called with POST and X-HTTP-Method: GET`);
    const body = call.isReadByPost ? parseBody(call.rawBody) : {};
    return readReply(method, { query: call.query, body, cursorBack: call.cursorBack }, dialect.current(), late);
  }

  function write(method: WriteMethod, call: ApiCall): ErpReply {
    if (call.httpMethod !== 'POST' || call.isReadByPost)
      throw new ErpError(400, `${method.name} must be called with POST`);
    const dates = writeDates(method.name, call.query, dialect.current());
    const body = parseBody(call.rawBody);
    checkFields(method.name, method.body, body);
    return inTransaction.immediate(method, call, body, dates);
  }

  return (method, call) => {
    try {
      return method.kind === 'read' ? read(method, call) : write(method, call);
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
