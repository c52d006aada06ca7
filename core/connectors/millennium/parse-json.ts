/** JSON of an ERP, or why it is none. */
export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/**
 * Reads JSON as this ERP writes it: descriptions carry raw control characters, which JSON forbids inside a string.
 * They are dropped (a line break becomes a space) only when the text cannot be read as it is.
 */
export function parseJson(text: string): ParsedJson {
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
