/** The 14 digits, punctuated, of the CNPJ whose first 12 are given (root and branch); the last two are check digits. */
export function cnpj(first12: string): string {
  const first = checkDigit(first12, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
  const all = `${first12}${first}${checkDigit(`${first12}${first}`, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])}`;
  return all.replace(/^(\d{2})(\d{3})(\d{3})(\d{4})(\d{2})$/, '$1.$2.$3/$4-$5');
}

/** True for 11 digits, with or without punctuation, whose two check digits are right. */
export function isCpf(text: string): boolean {
  const digits = text.replaceAll(/[.-]/g, '');
  if (!/^\d{11}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  const first = checkDigit(digits.slice(0, 9), [10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return digits.endsWith(`${first}${checkDigit(digits.slice(0, 10), [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])}`);
}

function checkDigit(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, index) => total + Number(digits[index]) * weight, 0);
  return sum % 11 < 2 ? 0 : 11 - (sum % 11);
}
