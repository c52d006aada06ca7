import type { ReadDb, WriteTx } from '../db/database-types.ts';
import type { MethodName, MethodOutput, MethodParsed, MethodRefusal, stationApi } from '../contract/station-api.ts';
import type { Result } from '../contract/result.ts';
import type { Leave } from './operator/administer.ts';

type Api = typeof stationApi;
type NamesOf<Kind extends 'query' | 'command' | 'action'> = {
  [M in MethodName]: Api[M]['kind'] extends Kind ? M : never;
}[MethodName];

export type QueryName = NamesOf<'query'>;
export type CommandName = NamesOf<'command'>;
export type ActionName = NamesOf<'action'>;

/** Reads. Runs on the write thread when short, on the reader thread when the contract says so. */
export type QueryHandler<M extends QueryName> = (
  db: ReadDb,
  input: MethodParsed<M>,
) => Result<MethodOutput<M>, MethodRefusal<M>>;

/** Made before the transaction begins, so that nothing in it depends on when it commits. */
export type Moment = { readonly nowMs: number };

/** Where the result of a decided command is found again: ids, never the view itself. */
export type ResultRef = Readonly<Record<string, string>>;

/** A decision whose reply is at hand already: the same that `view` would read back. */
export class Decision<Output> {
  readonly ref: ResultRef;
  readonly output: Output;
  constructor(ref: ResultRef, output: Output) {
    this.ref = ref;
    this.output = output;
  }
}

/**
 * Decides once, in one write transaction. `decide` writes and answers where the result is; `view` builds the reply
 * from rows, when the same command is repeated and wherever `decide` has not built it for the rows it wrote. A refusal
 * rolls everything back.
 */
export type CommandHandler<M extends CommandName> = {
  readonly decide: (
    tx: WriteTx,
    input: MethodParsed<M>,
    moment: Moment,
  ) => Result<ResultRef | Decision<MethodOutput<M>>, MethodRefusal<M>>;
  readonly view: (db: ReadDb, ref: ResultRef) => MethodOutput<M>;
};

/**
 * Asynchronous work that makes its own short transactions: a hash to check, a server to call. One that needs a leave uses
 * it in the transaction of its write.
 */
export type ActionHandler<M extends ActionName> = (
  input: MethodParsed<M>,
  leave: Leave,
) => Promise<Result<MethodOutput<M>, MethodRefusal<M>>>;

/** One handler for each method: a missing one does not compile. */
export type Handlers = { readonly [M in QueryName]: QueryHandler<M> } & {
  readonly [M in CommandName]: CommandHandler<M>;
} & {
  readonly [M in ActionName]: ActionHandler<M>;
};

/** The id stored under `key` by `decide`. */
export function refId(ref: ResultRef, key: string): string {
  const id = ref[key];
  if (id === undefined) throw new Error(`result reference has no ${key}`);
  return id;
}
