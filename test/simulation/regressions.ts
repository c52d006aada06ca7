/** Days that once found something, in the product or in the simulation itself: run with every change. */
export const REGRESSIONS: Readonly<Record<number, string>> = {
  573: "a customer's change that an ERP put back had undone waited for a person",
  2174: 'what an older disk has suspended was completed again and sent under a second number',
  3577: 'two images of one disk in one file',
  6514: 'eight refusals of a cash document were over within seconds',
  7450: 'the same, with a record in use',
  8742: 'a sale on the image of a disk that its person was never told of',
  9302: 'a late name is noticed by the station itself',
  13558: 'the cancellation of a sale that is booked on somebody else waits with it',
  23475: 'a cancellation on the image of a disk that its person was never told of',
  201564: 'what followed in the batch that showed that a disk is older was sent under a second number',
};
