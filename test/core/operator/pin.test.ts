import { argon2Sync, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { isPinRight } from '../../../core/operator/pin.ts';

/* PINs against a hash as the ERP's register carries it, and the thread that is left to the till meanwhile. */

/** Five times what a PIN of the register costs, so that a share of it can be told from noise. */
const HEAVY = { memory: 65_536, passes: 3, parallelism: 1, tagLength: 32 } as const;

function hashOf(pin: string): string {
  const nonce = randomBytes(16);
  const hash = argon2Sync('argon2id', { ...HEAVY, message: pin, nonce });
  const [salt, tag] = [nonce, hash].map((bytes) => bytes.toString('base64').replace(/=+$/, ''));
  return `$argon2id$v=19$m=${HEAVY.memory},t=${HEAVY.passes},p=${HEAVY.parallelism}$${salt}$${tag}`;
}

it('takes the right PIN alone, and no hash of another kind', async () => {
  const hash = hashOf('4711');
  expect(await isPinRight('4711', hash)).toBe(true);
  expect(await isPinRight('4712', hash)).toBe(false);
  expect(await isPinRight('4711', hash.replace('argon2id', 'argon2i'))).toBe(false);
});

it('computes on another thread from the first moment on', async () => {
  const hash = hashOf('4711');
  const startedAt = performance.now();
  const checked = isPinRight('4711', hash);
  const heldMs = performance.now() - startedAt;
  await checked;
  // Node's own asynchronous call holds the thread for half of the whole (decision 0032).
  expect(heldMs).toBeLessThan((performance.now() - startedAt) / 4);
});
