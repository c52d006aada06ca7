const CPF = /\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b/g;

/** A server's text without what looks like a CPF: such texts are kept with documents, logged and shown. */
export function maskPersonal(text: string): string {
  return text.replaceAll(CPF, '***');
}

/** A text without the secrets of this login, in case a server repeats what it was told. */
export function createSecretMask(): {
  readonly hide: (secret: string) => void;
  readonly mask: (text: string) => string;
} {
  const secrets = new Set<string>();
  return {
    hide: (secret) => {
      // A shorter one would take the rest of the text with it.
      if (secret.length >= 4) secrets.add(secret);
    },
    mask: (text) => {
      let masked = text;
      for (const secret of secrets) masked = masked.replaceAll(secret, '***');
      return maskPersonal(masked);
    },
  };
}
