import { useState } from 'react';
import type { CashClosingView } from '../../contract/cash-views.ts';
import { keyShortcut, type KeyFunction } from '../../contract/keys.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import type { Texts } from '../i18n/texts.ts';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation } from '../station-context.tsx';
import { RecallDialog } from './park-dialogs.tsx';
import { useTill, type Place } from './till-state.tsx';

type OpenThing = {
  readonly name: string;
  readonly words: string;
  readonly note: string;
  readonly isBlocking: boolean;
  /** Where it is dealt with, and the key that leads there (null: Esc); null: at the terminal, not here. */
  readonly way: { readonly to: Place | 'recall'; readonly key: KeyFunction | null } | null;
};

/** What stands before closing: each with the way to it. Sales have to be finished, the rest only to be known. */
export function listOpenThings(t: Texts, view: CashClosingView): OpenThing[] {
  const { open, parked, pendingPix, pendingCancellations, refused, cardsWithoutNsu } = view;
  const thing = (
    name: string,
    count: number,
    words: string,
    way: OpenThing['way'],
    note: string = t.cash.mayWait,
  ): OpenThing & { readonly count: number } => ({
    name,
    count,
    words,
    note,
    way,
    isBlocking: note === t.cash.mustFinish,
  });
  return [
    thing('open', open, t.cash.openSale(open), { to: 'till', key: null }, t.cash.mustFinish),
    thing('parked', parked, t.cash.parkedSales(parked), { to: 'recall', key: 'park' }, t.cash.mustFinish),
    thing('pix', pendingPix, t.cash.pendingPix(pendingPix), { to: 'pix', key: 'pix' }),
    thing('refused', refused, t.cash.refused(refused), { to: 'refused', key: 'sales' }),
    thing('cancellations', pendingCancellations, t.cash.pendingCancellations(pendingCancellations), {
      to: 'waiting',
      key: 'sales',
    }),
    thing(
      'cards',
      cardsWithoutNsu.count,
      t.cash.cardsWithoutNsu(cardsWithoutNsu.count),
      null,
      `${t.cash.cardsOf(cardsWithoutNsu.sales)} ${t.cash.mayWait}.`,
    ),
  ].filter(({ count }) => count > 0);
}

/** The list with its ways, by key and by hand. */
export function OpenThings({
  view,
  level = 'screen',
}: {
  readonly view: CashClosingView;
  readonly level?: 'screen' | 'dialog';
}) {
  const t = useTexts();
  const { keys } = useFunctionKeys();
  const { go } = useTill();
  const station = useStation();
  const [isRecalling, setRecalling] = useState(false);
  const things = listOpenThings(t, view);
  const follow = (to: Place | 'recall') => (): void => {
    if (to === 'recall') setRecalling(true);
    else go(to);
  };
  // Two of them lead to the movements: the key belongs to the first.
  const byKey = new Map<string, OpenThing>();
  for (const thing of things) {
    const key = thing.way?.key;
    if (key != null && !byKey.has(keys[key])) byKey.set(keys[key], thing);
  }
  const capOf = (thing: OpenThing): string | undefined =>
    thing.way?.key === null ? 'Esc' : [...byKey].find(([, first]) => first === thing)?.[0];
  useKeys(
    level,
    Object.fromEntries([...byKey].flatMap(([key, { way }]) => (way === null ? [] : [[key, follow(way.to)]]))),
  );
  return (
    <>
      <ul className="cash-open" data-testid="cash-open">
        {things.map((thing) => {
          const { name, words, note, isBlocking, way } = thing;
          const cap = capOf(thing);
          return (
            <li key={name} data-open={name}>
              {way === null ? (
                <span>{words}</span>
              ) : (
                <button
                  type="button"
                  className="button"
                  aria-keyshortcuts={cap === undefined ? undefined : keyShortcut(cap)}
                  onClick={follow(way.to)}
                >
                  {cap !== undefined && <KeyCap keys={cap} />}
                  {words}
                </button>
              )}
              <span className={isBlocking ? 'attention' : 'muted'}>{note}</span>
            </li>
          );
        })}
        {things.length === 0 && <li className="muted">{t.cash.nothingOpen}</li>}
      </ul>
      {isRecalling && (
        <RecallDialog
          onClose={() => {
            setRecalling(false);
            // What was taken up again is on the till.
            if (station.store.getState().sale !== null) go('till');
          }}
        />
      )}
    </>
  );
}
