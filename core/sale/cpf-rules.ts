/**
 * The eleven digits of a CPF, or null when the check digits are wrong or all digits are the same.
 *
 * Accepts the usual mask `000.000.000-00`.
 */
export function parseCpf(text: string): string | null {
  const digits = text.replaceAll(/[.\-\s]/g, '');
  if (!/^\d{11}$/.test(digits) || /^(\d)\1{10}$/.test(digits)) return null;
  const expected = checkDigit(digits.slice(0, 9)) + checkDigit(digits.slice(0, 10));
  return digits.endsWith(expected) ? digits : null;
}

function checkDigit(digits: string): string {
  const weighted = Array.from(digits).reduce(
    (sum, digit, index) => sum + Number(digit) * (digits.length + 1 - index),
    0,
  );
  const rest = (weighted * 10) % 11;
  return String(rest === 10 ? 0 : rest);
}
