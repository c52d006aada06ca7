import type { DateFormat } from './date-format.ts';
import type { FieldSet } from './field-set.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { ReadArguments } from './read-arguments.ts';

export type ParameterKind = 'integer' | 'text' | 'flag' | 'instant';

/**
 * One read call. `top` 0 = every row; `after` = rows whose trans_id is greater (the cursor option already applied);
 * `hidden` = a JSON list of ids that are not committed yet for whoever reads by trans_id.
 */
export type ReadCall = {
  readonly arguments: ReadArguments;
  readonly top: number;
  readonly after: number;
  readonly hidden: string | undefined;
  readonly direction: 'ASC' | 'DESC';
  readonly dates: DateFormat;
};

export type ReadMethod = {
  readonly kind: 'read';
  readonly name: string;
  readonly summary: string;
  readonly parameters: Readonly<Record<string, ParameterKind>>;
  /** The sequence its rows take their trans_id from, when it is read by one. */
  readonly sequence?: string;
  /** Some servers take it only as a POST with a body. */
  readonly isPosted?: true;
  rows(call: ReadCall): readonly JsonObject[];
};

/** One write call, run inside a transaction. `isRecordBusy` is the partialErrors fault, asked for each record of a batch. */
export type WriteCall = {
  readonly body: JsonObject;
  readonly user: string;
  readonly nowMs: number;
  readonly dates: DateFormat;
  readonly isRecordBusy: () => boolean;
};

export type ErpReply = { readonly status: number; readonly body: JsonValue };

export type WriteMethod = {
  readonly kind: 'write';
  readonly name: string;
  readonly summary: string;
  readonly body: FieldSet;
  /** Takes a list of records and answers each by itself in `acoes`. */
  readonly isBatch: boolean;
  /** Throws ErpError to refuse and roll back; a refusal that must leave a trace returns its error reply instead. */
  write(call: WriteCall): ErpReply;
};

/** What a method is, named `library.object.method` in lower case; the server derives routing, checks and help from it. */
export type ErpMethod = ReadMethod | WriteMethod;
