import type { PixState } from '../../contract/pix-views.ts';
import type { PaymentTypeView } from '../../contract/station-views.ts';
import type { Texts } from './texts.ts';

const UNAVAILABLE: Readonly<Record<NonNullable<PaymentTypeView['unavailable']>, string>> = {
  kind: 'not accepted here yet',
  pix_key_missing: 'the station group has no Pix key',
  pix_key_invalid: 'the Pix key of the group is not valid',
  pix_city_missing: 'the Pix of the group lacks the city',
};

const STATES: Readonly<Record<PixState, string>> = {
  waiting: 'QR open at the till',
  given_up: 'Taken off the sale',
  to_check: 'To check',
  checked: 'Checked',
  missing: 'Did not come',
  to_return: 'To give back',
  returned: 'Given back',
};

/** The same texts in English. */
export const enPix: Pick<Texts, 'pix'> = {
  pix: {
    unavailable: (why) => UNAVAILABLE[why],
    waiting: 'Pix to receive',
    qr: (amount) => `QR of the Pix of ${amount}`,
    say: 'Tell the customer',
    sayText: '“Scan this QR in your bank app and check the amount.”',
    look: 'Look into the shop’s bank',
    lookText:
      'The station cannot know by itself whether the Pix came: the shop checks in its bank app. A receipt on the customer’s phone proves nothing.',
    foundAgain: 'This Pix has no answer yet',
    foundAgainText:
      'Its QR had been shown. What became of it? Look for the code below in the shop’s bank before you answer.',
    received: 'Received, seen in the bank',
    notReceived: 'Not received: take the Pix off',
    notReceivedText: 'Should the customer pay later, the code is in the statement, and in Pix to check under All.',
    copyPaste: 'Pix to copy and paste',
    copyPasteHint: 'Ctrl+C copies',
    txid: 'Code in the statement',
    answerFirst: 'answer the Pix first',
    waitingTender: 'waiting for the customer',
    seenTender: 'seen in the bank · to check',
    takenBack: 'Pix taken off the sale: give the money back. It is in the list of Pix to check.',
    title: 'Pix to check',
    open: (count) => (count === 0 ? 'Pix to check' : `Pix to check · ${count}`),
    toCheck: (count, amount) => `${count} to check · ${amount}`,
    toReturn: (count, amount) => `${count} to give back · ${amount}`,
    howTo: 'Open the bank statement and look for each code.',
    filter: 'Which',
    filterOpen: 'To check',
    filterAll: 'All',
    list: 'Pix of this station',
    empty: 'No Pix to check.',
    emptyAll: 'No Pix yet.',
    shown: 'Shown',
    sale: (number) => `sale ${number}`,
    noSale: 'no sale',
    amount: 'Amount',
    situation: 'State',
    state: (state) => STATES[state],
    answered: (state) => (state === 'given_up' ? 'Taken off at the till' : 'Answered at the till'),
    checked: 'Checked in the statement',
    note: 'Note',
    found: 'Found in the statement',
    notFound: 'Did not come',
    returned: 'Given back to the customer',
    notNow: (state) => `does not apply: ${state.toLowerCase()}`,
    toReturnText: 'The money came and has no sale. Give it back in the bank app and mark it here.',
    notFoundTitle: 'The Pix did not come',
    notFoundText: (amount) => `${amount} will be marked as not received. Who checked is recorded.`,
    notFoundReasons: ['Not in the statement', 'Another amount came', 'Pix scheduled, not paid'],
    returnedTitle: 'Money given back',
    returnedText: (amount) => `${amount} given back to the customer by the bank. Who did it is recorded.`,
    returnedReasons: ['Given back in the bank app', 'Given back in cash'],
    marked: (txid) => `Pix ${txid} marked`,
  },
};
