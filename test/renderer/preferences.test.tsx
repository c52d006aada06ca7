import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFakeShop } from './support/fake-shop.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';

/* What a person chose on this machine is worn by the page, and worn again by the next window. */

beforeEach(() => localStorage.clear());
afterEach(() => {
  closeWindow();
  localStorage.clear();
});

const page = () => ({
  scheme: document.documentElement.dataset['mantineColorScheme'],
  contrast: document.documentElement.dataset['contrast'],
  scale: document.documentElement.style.getPropertyValue('--text-scale'),
});

function choose(...names: readonly string[]): void {
  act(() => screen.getByRole('button', { name: 'Preferências' }).click());
  for (const name of names) act(() => screen.getByRole('radio', { name }).click());
}

it('wears the theme and the size of the text, and keeps them for the next window', async () => {
  await openWindow(createFakeShop());
  choose('Escuro');
  expect(page()).toEqual({ scheme: 'dark', contrast: 'normal', scale: '1' });
  for (const name of ['Contraste', '130 %']) act(() => screen.getByRole('radio', { name }).click());
  expect(page()).toEqual({ scheme: 'light', contrast: 'high', scale: '1.3' });

  const kept = ['station.theme', 'station.textScale'].map((name) => [name, localStorage.getItem(name) ?? ''] as const);
  closeWindow();
  for (const [name, value] of kept) localStorage.setItem(name, value);
  await openWindow(createFakeShop());
  expect(page()).toEqual({ scheme: 'light', contrast: 'high', scale: '1.3' });
});

it('takes what it does not know for the default', async () => {
  localStorage.setItem('station.theme', 'pink');
  localStorage.setItem('station.textScale', '9000');
  await openWindow(createFakeShop());
  expect(page()).toMatchObject({ contrast: 'normal', scale: '1' });
});
