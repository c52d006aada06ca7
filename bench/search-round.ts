import { foldWords } from '../contract/search-words.ts';
import type { MethodInput, MethodName, MethodOutput } from '../contract/station-api.ts';
import { systemClock } from '../core/clock.ts';
import { systemRandom } from '../core/random.ts';
import { startStation } from '../core/station.ts';
import { PAGE_CACHE_KB } from '../db/open-database.ts';
import { createRandom } from '../sandbox/seed/random.ts';
import { openReadOnly } from './floor/raw-database.ts';
import { createSearchFloor, ROWS } from './floor/search-floor.ts';
import type { Round } from './measure/rounds.ts';
import { generatedProduct } from './store/generated-catalogue.ts';
import type { PreparedStore } from './store/prepare-store.ts';
import { BRANCH_CODE } from './store/write-registers.ts';

/** Texts that a person has typed so far at each key: 1 to 5 letters of a word, and two words with the second begun. */
const SHAPES = [1, 2, 3, 4, 5, 'two', 'two'] as const;

/** Presses keys in a station of this process, then asks the same of the index raw. */
export async function createSearchRound({ store, keys }: { readonly store: PreparedStore; readonly keys: number }) {
  const station = await startStation({
    data: store.data,
    clock: systemClock,
    random: systemRandom,
    callTimeoutMs: 1_500,
    keyStore: null,
    onStorageFailure: () => process.exit(1),
  });
  const raw = openReadOnly(store.file);
  raw.pragma(`cache_size = -${PAGE_CACHE_KB}`);
  const floor = createSearchFloor(raw, { branchCode: BRANCH_CODE });
  const random = createRandom(11);
  const caller = { isWindow: true };
  const drawProduct = () => generatedProduct(1 + random.integer(store.products)).product;

  async function call<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
  ): Promise<{ readonly ms: number; readonly output: MethodOutput<M> }> {
    const startedAt = performance.now();
    const reply = await station.call(method, input, caller);
    const ms = performance.now() - startedAt;
    if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
    return { ms, output: reply.output as MethodOutput<M> };
  }

  function drawText(): string {
    const words = drawProduct().description.split(' ');
    const shape = random.pick(SHAPES);
    if (shape !== 'two') return random.pick(words).slice(0, shape);
    const [first = '', second = ''] = words;
    return `${first} ${second.slice(0, 1 + random.integer(4))}`.trim();
  }

  return {
    /** One sample is one key press; `queryMs` are the floor's without the figures of the rows. */
    run: async (): Promise<Round & { readonly queryMs: readonly number[] }> => {
      const product: number[] = [];
      const floors: number[] = [];
      const queryMs: number[] = [];
      for (let key = 0; key < keys; key += 1) {
        const text = drawText();
        const { ms, output } = await call('product.search', { text });
        product.push(ms);
        const least = floor.search(foldWords(text));
        floors.push(least.ms);
        queryMs.push(least.queryMs);
        if (output.products.length === 0 || output.products.length > ROWS) throw new Error(`nothing by "${text}"`);
      }
      return { product, floor: floors, queryMs };
    },
    /** Whole descriptions with all their words, which no index holds ready. */
    timeWholeDescriptions: async (count: number): Promise<number[]> => {
      const times: number[] = [];
      for (let at = 0; at < count; at += 1) {
        times.push((await call('product.search', { text: drawProduct().description })).ms);
      }
      return times;
    },
    timeGrades: async (count: number): Promise<number[]> => {
      const times: number[] = [];
      while (times.length < count) {
        const { productId, isActive } = drawProduct();
        if (isActive) times.push((await call('product.grade', { productId })).ms);
      }
      return times;
    },
    stop: async () => {
      raw.close();
      await station.stop();
    },
  };
}
