import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { CashDocument } from '../connectors/cash-document.ts';
import type { OutgoingDocument } from '../connectors/connector.ts';
import type { OutgoingCustomer } from '../connectors/customer-document.ts';

/** Documents that a station could not deliver, to be delivered from another machine with the same keys. */
export type Pending = {
  readonly exportedAt: string;
  readonly stationCode: string;
  readonly installationId: string;
  readonly customers: readonly OutgoingCustomer[];
  readonly documents: readonly OutgoingDocument[];
  readonly cash: readonly CashDocument[];
};

const FORMAT = 'station-pending';
const VERSION = 1;
/** 128 MB and about half a second for each guess at the passphrase; what scrypt's authors ask for a file. */
const SCRYPT = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 ** 2 } as const;

/** The file as it is written: JSON, so that a person can see what it is; everything that matters is in `data`. */
const Sealed = z.object({
  format: z.literal(FORMAT),
  version: z.int(),
  kdf: z.literal('scrypt-131072-8-1'),
  cipher: z.literal('aes-256-gcm'),
  salt: z.base64(),
  iv: z.base64(),
  tag: z.base64(),
  data: z.base64(),
});

/** The text of an encrypted file of `pending`. Its head is covered by the tag too. */
export function sealPending(pending: Pending, passphrase: string): string {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase.normalize('NFC'), salt, 32, SCRYPT), iv);
  cipher.setAAD(headOf(VERSION, salt, iv));
  const data = Buffer.concat([cipher.update(JSON.stringify(pending), 'utf8'), cipher.final()]);
  const sealed: z.infer<typeof Sealed> = {
    format: FORMAT,
    version: VERSION,
    kdf: 'scrypt-131072-8-1',
    cipher: 'aes-256-gcm',
    salt: salt.toString('base64'),
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
  return `${JSON.stringify(sealed)}\n`;
}

/** Reads what `sealPending` wrote. A wrong passphrase and a changed file cannot be told apart. */
export function openPending(
  text: string,
  passphrase: string,
  file: string,
): Result<Pending, RefusalOf<'pending_file_invalid' | 'passphrase_wrong'>> {
  const sealed = Sealed.safeParse(parse(text));
  if (!sealed.success) return refuse({ code: 'pending_file_invalid', file, reason: 'não é um arquivo de pendentes' });
  const { version } = sealed.data;
  if (version !== VERSION) {
    return refuse({
      code: 'pending_file_invalid',
      file,
      reason: `é da versão ${version}, e este programa lê a ${VERSION}`,
    });
  }
  const [salt, iv, tag, data] = (['salt', 'iv', 'tag', 'data'] as const).map((key) =>
    Buffer.from(sealed.data[key], 'base64'),
  ) as [Buffer, Buffer, Buffer, Buffer];
  try {
    const key = scryptSync(passphrase.normalize('NFC'), salt, 32, SCRYPT);
    // A tag that was cut to some bytes would be easier to forge.
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    decipher.setAAD(headOf(version, salt, iv));
    decipher.setAuthTag(tag);
    const plain = Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
    // Whoever knows the passphrase wrote it: this program.
    return ok(JSON.parse(plain) as Pending);
  } catch (error) {
    if (error instanceof Error) return refuse({ code: 'passphrase_wrong', file });
    throw error;
  }
}

function headOf(version: number, salt: Buffer, iv: Buffer): Buffer {
  return Buffer.from([FORMAT, version, salt.toString('base64'), iv.toString('base64')].join('\n'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
