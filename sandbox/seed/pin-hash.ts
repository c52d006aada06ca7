import { argon2Sync, createHash } from 'node:crypto';

/**
 * An operator's PIN as the PHC string the ERP hands to the stations (argon2id, 19 MiB, 2 passes).
 * The salt comes from `saltSource`, so that two catalogues of one seed are equal.
 */
export function pinHash(pin: string, saltSource: string): string {
  const salt = createHash('sha256').update(saltSource).digest().subarray(0, 16);
  const hash = argon2Sync('argon2id', {
    message: pin,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: 19_456,
    passes: 2,
  });
  return `$argon2id$v=19$m=19456,t=2,p=1$${unpadded(salt)}$${unpadded(hash)}`;
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}
