/** Fields of an EMV text by id; whoever pays reads them so. Throws where the lengths lie or the CRC does not fit. */
export function readBrCode(text: string): Map<string, string> {
  const fields = readFields(text);
  if (fields.get('63') !== bitwiseCrc(text.slice(0, -4))) throw new Error('the CRC does not fit');
  return fields;
}

export function readFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; at < text.length;) {
    const length = Number(text.slice(at + 2, at + 4));
    const value = text.slice(at + 4, at + 4 + length);
    if (!Number.isInteger(length) || length === 0 || value.length !== length) throw new Error(`bad length at ${at}`);
    fields.set(text.slice(at, at + 2), value);
    at += 4 + length;
  }
  return fields;
}

/** Written the other way round than the product's: a register that bits are pushed through, sixteen zeros at the end. */
function bitwiseCrc(text: string): string {
  const bits = Array.from(text, (sign) => sign.codePointAt(0) ?? 0).flatMap((byte) =>
    Array.from({ length: 8 }, (_, index) => (byte >> (7 - index)) & 1),
  );
  let register = 0xffff;
  for (const bit of bits) {
    const feedback = ((register >> 15) & 1) ^ bit;
    register = (register << 1) & 0xffff;
    if (feedback === 1) register ^= 0x1021;
  }
  return register.toString(16).toUpperCase().padStart(4, '0');
}
