/**
 * Values in one answer: the balances of 400,000 SKUs are 3 million. Text of nothing but brackets takes twenty times its
 * size once it is read, which a till does not have.
 */
const MOST_VALUES = 4_000_000;
/** A shorter text cannot hold enough to matter, and is not counted. */
const LONG_TEXT = 8_000_000;
const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b];

/** JSON of an ERP, or why it is none. */
export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/**
 * Reads JSON as this ERP writes it: descriptions carry raw control characters, which JSON forbids inside a string.
 * They are dropped (a line break becomes a space) only when the text cannot be read as it is.
 */
export function parseJson(text: string): ParsedJson {
  if (text.length > LONG_TEXT && hasTooManyValues(text)) return { ok: false };
  const trimmed = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const first = tryParse(trimmed);
  if (first.ok) return first;
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return tryParse(trimmed.replaceAll(/[\t\n\r]/g, ' ').replaceAll(/[\u0000-\u001F]/g, ''));
}

function tryParse(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false };
    throw error;
  }
}

function hasTooManyValues(text: string): boolean {
  let values = 0;
  for (let at = 0; at < text.length && values <= MOST_VALUES; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === BRACKET || code === BRACE) values += 1;
  }
  return values > MOST_VALUES;
}
