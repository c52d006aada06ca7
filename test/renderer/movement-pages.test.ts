import { describe, expect, it } from 'vitest';
import { createMovementPages, movementAt } from '../../renderer/screens/movement-pages.ts';
import { settle } from './support/keyboard.ts';
import { movementRow } from './support/views.ts';

/* Which pages of the movements are asked for, and when, over a core that answers when it is told to. */

const TOTAL = 100_000;
const ALL = JSON.stringify({ text: '' });

function openPages() {
  const asked: { readonly from: number; readonly text: string }[] = [];
  let total = TOTAL;
  let reply: ((answer: unknown) => void) | null = null;
  const pages = createMovementPages({
    call: ((_method: string, { from, filter }: { from: number; filter: { text: string } }) => {
      asked.push({ from, text: filter.text });
      return new Promise((resolve) => (reply = resolve));
    }) as never,
  });
  const answer = async (error?: { readonly code: string }): Promise<void> => {
    const { from = 0 } = asked.at(-1) ?? {};
    const rows = Array.from({ length: Math.min(50, total - from) }, (_, index) => movementRow(total - from - index));
    const answered = reply;
    reply = null;
    answered?.(error === undefined ? { ok: true, output: { total, rows } } : { ok: false, error });
    await settle();
  };
  return {
    pages,
    asked,
    answer,
    from: () => asked.map(({ from }) => from),
    isAsking: () => reply !== null,
    record: () => (total += 1),
    at: (place: number) => movementAt(pages.known.getState(), place)?.number,
  };
}

async function openAnswered() {
  const opened = openPages();
  opened.pages.ask(ALL);
  await opened.answer();
  return opened;
}

describe('the pages of the movements', () => {
  it('are asked for one at a time, and after a drag through the list only the one it ended at', async () => {
    const { pages, answer, from, at } = await openAnswered();
    for (let first = 500; first <= 90_000; first += 500) pages.see(first, first + 27, 0);
    expect(from()).toEqual([0, 500]);
    await answer();
    expect(from()).toEqual([0, 500, 90_000]);
    await answer();
    expect(from()).toEqual([0, 500, 90_000]);
    expect(at(90_010)).toBe(movementRow(TOTAL - 90_010).number);
  });

  it('of the marked row and of those in sight are both kept, however far from each other', async () => {
    const { pages, answer, from, at, isAsking } = await openAnswered();
    for (const first of [20_000, 40_000, 60_000]) {
      pages.see(first, first + 27, 0);
      await answer();
    }
    expect(from()).toEqual([0, 20_000, 40_000, 60_000]);
    expect(isAsking()).toBe(false);
    expect([at(0), at(60_010)]).not.toContain(undefined);
    expect(at(20_010)).toBeUndefined();
  });

  it('are asked for before they come into sight, on the side to which the list goes', async () => {
    const { pages, answer, from } = await openAnswered();
    pages.see(10, 37, 0);
    await answer();
    expect(from()).toEqual([0, 50]);
    pages.see(180, 199, 0);
    await answer();
    pages.see(176, 195, 0);
    expect(from()).toEqual([0, 50, 150]);
    pages.see(170, 189, 0);
    await answer();
    expect(from()).toEqual([0, 50, 150, 100]);
  });

  it('are read again when something moved, also what moved while they were read, the rest when it is looked at', async () => {
    const { pages, answer, from, isAsking } = await openAnswered();
    pages.see(100, 127, 0);
    await answer();
    pages.reread();
    pages.reread();
    await answer();
    await answer();
    await answer();
    expect(from()).toEqual([0, 100, 0, 100, 0]);
    expect(isAsking()).toBe(false);
    pages.see(100, 127, 110);
    pages.reread();
    await answer();
    expect(from().slice(5)).toEqual([100]);
    expect(isAsking()).toBe(false);
    pages.see(0, 27, 110);
    expect(from().slice(5)).toEqual([100, 0]);
  });

  it('are other pages when the list got another length', async () => {
    const { pages, answer, from, record, at } = await openAnswered();
    pages.see(100, 127, 0);
    await answer();
    record();
    pages.reread();
    await answer();
    expect(at(0)).toBe(movementRow(TOTAL + 1).number);
    expect(at(110)).toBeUndefined();
    await answer();
    expect(from()).toEqual([0, 100, 0, 100]);
    expect(at(110)).toBe(movementRow(TOTAL - 109).number);
  });

  it('of an older question never replace those of a newer one', async () => {
    const { pages, asked, answer, isAsking } = openPages();
    pages.ask(ALL);
    pages.ask(JSON.stringify({ text: '4' }));
    pages.ask(JSON.stringify({ text: '42' }));
    await answer();
    expect(pages.known.getState().total).toBeNull();
    await answer();
    expect(asked.map(({ text }) => text)).toEqual(['', '42']);
    expect(pages.known.getState()).toMatchObject({ total: TOTAL, question: JSON.stringify({ text: '42' }) });
    expect(isAsking()).toBe(false);
  });

  it('that cannot be read are asked for again when the list moves, not in a circle', async () => {
    const { pages, answer, from, isAsking } = await openAnswered();
    pages.see(500, 527, 0);
    await answer({ code: 'internal' });
    expect(pages.known.getState().refusal).toEqual({ code: 'internal' });
    expect(isAsking()).toBe(false);
    pages.see(501, 528, 0);
    await answer();
    expect(from().slice(0, 3)).toEqual([0, 500, 500]);
    expect(pages.known.getState().refusal).toBeNull();
  });

  it('of an empty list are read again too, and none any more when nobody looks', async () => {
    const { pages, answer, from, isAsking } = await openAnswered();
    pages.reread();
    expect(isAsking()).toBe(true);
    await answer();
    pages.stop();
    pages.reread();
    pages.see(500, 527, 0);
    expect(from()).toEqual([0, 0]);
  });
});
