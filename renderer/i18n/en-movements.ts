import type { DeliveryView } from '../../contract/sale-views.ts';
import type { MovementFilter, MovementKind } from '../../contract/movement-views.ts';
import type { Texts } from './texts.ts';

const kinds: Record<MovementKind, string> = {
  sale: 'Sale',
  cancellation: 'Cancellation',
  opening: 'Drawer opened',
  supply: 'Supply',
  withdrawal: 'Withdrawal',
  closing: 'Drawer closed',
  customer: 'Customer',
};

const recorded: Record<MovementKind, string> = {
  sale: 'Sale completed',
  cancellation: 'Sale cancelled',
  opening: 'Drawer opened',
  supply: 'Supply',
  withdrawal: 'Withdrawal',
  closing: 'Drawer closed',
  customer: 'Customer registered or corrected',
};

const filterStates: Record<NonNullable<MovementFilter['state']>, string> = {
  waiting: 'To send',
  confirmed: 'Confirmed',
  rejected: 'Refused',
  cancelled: 'Cancelled sales',
  given_up: 'Discarded',
};

const filterKinds: Record<NonNullable<MovementFilter['kind']>, string> = {
  sale: 'Sales',
  cancellation: 'Cancellations',
  cash: 'Drawer',
  customer: 'Customers',
};

const documents: Record<DeliveryView['kind'], string> = {
  sale: 'Sale',
  cancellation: 'Cancellation',
  customer: 'Customer',
  cash: 'Drawer',
};

/** The texts of the movements and of the repair of refused documents in English. */
export const enMovements: Pick<Texts, 'movements' | 'repair'> = {
  movements: {
    title: 'Movements',
    list: 'Movements of this station',
    count: (count) => `${count.toLocaleString('en')} in all`,
    found: (count) => `${count.toLocaleString('en')} found`,
    empty: 'Nothing recorded yet.',
    nothingFits: 'No movement fits this filter. Esc shows all.',
    what: 'Number',
    when: 'When',
    amount: 'Amount',
    delivery: 'Sent to the ERP',
    kind: (kind) => kinds[kind],
    cancelled: 'Cancelled',
    filter: 'Filter the movements',
    find: 'Number or amount',
    state: 'Sending',
    anyState: 'Sent or not',
    filterState: (state) => filterStates[state],
    kindLabel: 'Kind',
    anyKind: 'All kinds',
    filterKind: (kind) => filterKinds[kind],
    day: 'Business day',
    dayHint: 'dd/mm/yyyy',
    dayWrong: 'Type a day, for example 21/11.',
    toRows: 'Go to the rows',
    jump: 'Go to',
    jumpTo: 'Day or number',
    jumpHint: '21/11, 21/11/2026, 123 or E01000000123. The whole list comes back.',
    jumpMissing: 'There is no movement with this number, nor of this day or before it.',
    timeline: 'History',
    waiting: 'Kept here; goes on by itself.',
    recorded: (kind) => recorded[kind],
    detached: 'Goes without its customer',
    resent: 'To be sent again',
    recheckedEqual: 'Looked up at the ERP again: it is there, equal',
    recheckedNot: 'Looked up at the ERP again: still not equal',
    confirmed: 'Confirmed by the ERP: read back and equal',
    confirmedAs: (number) => `Confirmed by the ERP as number ${number}: read back and equal`,
    comparedEqual: "Day compared with the ERP's list: equal",
    comparedNot: "Day compared with the ERP's list: different",
    discarded: 'Discarded',
    annulled: 'Ended: the sale was discarded, there is nothing to cancel at the ERP',
    alreadyCancelled: 'This sale was cancelled already.',
    noSession: 'Open the drawer to cancel.',
  },
  repair: {
    kind: (kind) => documents[kind],
    mendOther: (number) => `Waits for ${number}: mend that one.`,
    mendCustomer: 'Correct the customer, or send the sale without.',
    noCustomer: 'This sale waits for no customer.',
    isThere: (number) => `${number} is at the ERP, equal`,
    isNot: (number) => `${number} is still not equal at the ERP`,
    discarded: (number) => `${number} discarded`,
    detached: (number) => `${number} goes without its customer`,
    discardTitle: (number) => `Discard ${number}`,
    discardText: (kind, amount) =>
      kind === 'sale'
        ? `The sale of ${amount} will never be sent to the ERP, nor its cancellation. The stock and the books of the ERP stay without it. It stays recorded here. This cannot be undone.`
        : kind === 'cancellation'
          ? `The cancellation of ${amount} will never be sent: at the ERP the sale stands. This cannot be undone.`
          : 'The ERP will never know of this movement of the drawer. It stays recorded here. This cannot be undone.',
    discardReasons: ['Entered at the ERP by hand', 'Is at the ERP already', 'Test sale'],
    detachTitle: (number) => `Send ${number} without the customer`,
    detachText:
      'At the ERP the sale gets the default customer: name, history and benefits of the customer are lost for it. This cannot be undone.',
    detachReasons: ['The ERP refuses the record', 'CPF of somebody else'],
  },
};
