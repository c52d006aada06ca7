import { timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { siblingFile } from '../sibling-file.ts';

/** What the thread of a PIN is asked for. */
export type PinHashing = Argon2Parameters & { readonly algorithm: 'argon2id' };

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
  const got = await hashElsewhere({
    algorithm: 'argon2id',
    message: pin,
    nonce: Buffer.from(salt, 'base64'),
    parallelism: Number(parallelism),
    tagLength: wanted.length,
    memory: Number(memory),
    passes: Number(passes),
  });
  return timingSafeEqual(got, wanted);
}

/** Node's asynchronous `argon2` computes once on the thread that calls it before it does so on another (0032). */
async function hashElsewhere(hashing: PinHashing): Promise<Uint8Array> {
  const thread = new Worker(siblingFile(import.meta.url, './pin-thread'), { workerData: hashing });
  // Whoever stops the core does not wait for a PIN. An error of the thread is thrown here.
  thread.unref();
  const [hash] = (await once(thread, 'message')) as [Uint8Array];
  return hash;
}
