/** The 13 digits of an EAN made of its first 12; the last one is the check digit (weights 1 and 3 from the left). */
export function ean13(first12: string): string {
  if (!/^\d{12}$/.test(first12)) throw new Error(`an EAN-13 is made of 12 digits, not of ${first12}`);
  const sum = Array.from(first12).reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${first12}${(10 - (sum % 10)) % 10}`;
}
