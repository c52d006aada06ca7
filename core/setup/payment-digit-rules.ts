const HIGHEST_DIGIT = 9;

/** Which payment type a digit stands for, and the entries that were refused, with why. */
export type PaymentDigitsReading = {
  readonly digits: Readonly<Record<string, number>>;
  readonly wrongFields: readonly string[];
};

/**
 * Reads `digitosPagamento`: the digits 1 to 9 with the payment type's id in the ERP, e.g. `{ "1": 1, "2": 4 }`.
 *
 * An entry of another digit, of no id, or of a type that another digit has as well is refused.
 */
export function decodePaymentDigits(given: unknown): PaymentDigitsReading {
  if (given === undefined || given === null) return { digits: {}, wrongFields: [] };
  if (typeof given !== 'object' || Array.isArray(given)) return { digits: {}, wrongFields: ['digitosPagamento'] };
  const entries = Object.entries(given as Readonly<Record<string, unknown>>).filter(([, value]) => value !== null);
  const ids = entries.map(([, value]) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value));
  const digits: Record<string, number> = {};
  const wrongFields: string[] = [];
  for (const [index, [digit]] of entries.entries()) {
    const id = ids[index];
    if (!/^[1-9]$/.test(digit)) wrongFields.push(`digitosPagamento.${digit} (só de 1 a 9)`);
    else if (typeof id !== 'number' || !Number.isSafeInteger(id))
      wrongFields.push(`digitosPagamento.${digit} (sem tipo)`);
    else if (ids.filter((other) => other === id).length > 1)
      wrongFields.push(`digitosPagamento.${digit} (tipo repetido)`);
    else digits[digit] = id;
  }
  return { digits, wrongFields };
}

/**
 * The digit of each payment type, in the order of `types`: the group's own, then the free ones for the others; null once
 * there is none left. A digit of a type that this till does not know stays free of others, so that a digit means the same
 * on every till of the group.
 */
export function assignPaymentDigits(
  paymentTypeIds: readonly number[],
  given: Readonly<Record<string, number>>,
): readonly (number | null)[] {
  const own = new Map(Object.entries(given).map(([digit, id]) => [id, Number(digit)]));
  let next = 0;
  return paymentTypeIds.map((id) => {
    const digit = own.get(id);
    if (digit !== undefined) return digit;
    do next += 1;
    while (given[String(next)] !== undefined);
    return next > HIGHEST_DIGIT ? null : next;
  });
}
