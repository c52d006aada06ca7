import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps the passwords of the station's servers. `kind` tells how well: `doctor` warns about a plain file. */
export type SecretStore = {
  readonly kind: 'file' | 'key_store';
  /** The secret of that name, or null when it was never kept. */
  readonly find: (name: string) => string | null;
  /** On disk when this returns. */
  readonly save: (name: string, secret: string) => void;
};

/** The name the ERP's password is kept under. */
export const ERP_PASSWORD = 'erp_password';

/**
 * A file in the data folder that only its owner may read, for machines without a key store.
 * It is replaced as a whole, so that a power cut leaves the old one or the new one.
 */
export function createFileSecretStore(data: string): SecretStore {
  const file = join(data, 'secrets.json');

  function readAll(): Record<string, string> {
    if (!existsSync(file)) return {};
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    } catch (error) {
      // A torn or edited file holds no secret any more; the server then asks for the password again.
      if (error instanceof SyntaxError) return {};
      throw error;
    }
  }

  return {
    kind: 'file',
    find: (name) => readAll()[name] ?? null,
    save: (name, secret) => {
      const draft = `${file}.new`;
      const descriptor = openSync(draft, 'w', 0o600);
      try {
        writeSync(descriptor, JSON.stringify({ ...readAll(), [name]: secret }));
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(draft, file);
    },
  };
}
