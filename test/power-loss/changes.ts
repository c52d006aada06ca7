import type { MethodInput, MethodName, MethodOutput } from '../../contract/station-api.ts';
import { paperFact, saleChange, type Change } from './journal.ts';

/** What must be on the disk after `method` was answered with `output`, as facts. */
type ChangeOf<M extends MethodName> = (output: MethodOutput<M>, input: MethodInput<M>) => Change;

const changes: { readonly [M in MethodName]?: ChangeOf<M> } = {
  'setup.enrol': (_, input) => [
    ['enrolment', input.stationCode],
    ['password', input.password],
  ],
  'operator.login': (_, { code }) => [['login', code]],
  'operator.logout': () => [['login', null]],
  'operator.approve': ({ approvalId }) => [[`approval ${approvalId}`, 'free']],
  'cashSession.open': ({ cashSessionId, floatCents }) => [[`session ${cashSessionId}`, `${floatCents} open`]],
  'cashSession.close': ({ cashSessionId, countedCashCents }) => [
    [`session ${cashSessionId}`, `${FLOAT_CENTS} ${countedCashCents}`],
  ],
  // By its number: who asks again of the next core is told of another row under the same number.
  'cashSession.move': ({ number, kind, amountCents }) => [
    [`movement ${number}`, `${kind} ${amountCents} cash ${kind}`],
  ],
  'sale.addItem': saleChange,
  'sale.setQuantity': saleChange,
  'sale.removeItem': saleChange,
  'sale.discount': saleChange,
  'sale.setSalesperson': saleChange,
  'sale.addTender': saleChange,
  'sale.removeTender': saleChange,
  'sale.recall': saleChange,
  'sale.park': ({ parked }) => saleChange(parked),
  'sale.abandon': ({ abandoned }, input) => [...saleChange(abandoned), ...spent(input.approvalId)],
  'sale.complete': ({ sale, paper }) => [
    ...saleChange(sale),
    [`paper sale ${sale.saleId}`, paperFact(paper.lines)],
    [`document sale ${sale.saleId}`, String(sale.totalCents)],
  ],
  'sale.cancel': ({ row, paper }, { saleId, reason, approvalId }) => [
    [`cancellation ${saleId}`, `${reason} ${row.totalCents}`],
    [`paper cancellation ${saleId}`, paperFact(paper.lines)],
    [`document cancellation ${saleId}`, String(row.totalCents)],
    ...spent(approvalId),
  ],
  'backup.now': ({ places }) => places.flatMap(({ file }) => (file === null ? [] : [[`backup ${file}`, 'whole']])),
};

/** What every drawer of a session here is opened with. */
export const FLOAT_CENTS = 10_000;

/** The facts of one answered call; a command is also remembered by its id. */
export function changeOf<M extends MethodName>(method: M, input: MethodInput<M>, output: MethodOutput<M>): Change {
  const own = changes[method]?.(output, input) ?? [];
  return 'commandId' in input && typeof input.commandId === 'string'
    ? [...own, [`command ${input.commandId}`, method]]
    : own;
}

function spent(approvalId: string | null | undefined): Change {
  return approvalId === null || approvalId === undefined ? [] : [[`approval ${approvalId}`, 'used']];
}
