import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const hashArgon2 = promisify(argon2);

/** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, base64 without padding. */
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
/** 256 MiB: a register that asks for more would stop the till, by mistake or on purpose. */
const MAX_MEMORY_KIB = 262_144;

/**
 * Whether `pin` is the one behind `hash`, a PHC string of argon2id as the ERP's register carries it.
 *
 * Runs off the core's thread. A hash that is not such a string never matches.
 */
export async function isPinRight(pin: string, hash: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, expected] = PHC.exec(hash) ?? [];
  if (
    memory === undefined ||
    passes === undefined ||
    parallelism === undefined ||
    salt === undefined ||
    expected === undefined
  )
    return false;
  if (Number(memory) > MAX_MEMORY_KIB) return false;
  const wanted = Buffer.from(expected, 'base64');
  const got = await hashArgon2('argon2id', {
    message: pin,
    nonce: Buffer.from(salt, 'base64'),
    parallelism: Number(parallelism),
    tagLength: wanted.length,
    memory: Number(memory),
    passes: Number(passes),
  });
  return timingSafeEqual(got, wanted);
}
