import { useState, type RefObject } from 'react';
import { formatQuantity } from '../../contract/format.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation, useStationState } from '../station-context.tsx';
import { readEntered, readTyped } from './till-entry.ts';
import { useTill } from './till-state.tsx';
import { useScans } from './use-scans.ts';

type Command = 'quantity' | 'discount' | 'pay' | 'help';

const TYPEABLE = Array.from('0123456789/*-+?');

/** Codes typed by hand, and the commands of the number pad. Scans pass it by. */
export function BarcodeField({
  ref,
  onCommand,
  onSalespersonList,
  onSearch,
}: {
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly onCommand: (command: Command) => void;
  readonly onSalespersonList: () => void;
  readonly onSearch: (text: string) => void;
}) {
  const t = useTexts();
  const till = useTill();
  const station = useStation();
  const scans = useScans();
  const sale = useStationState((state) => state.sale);
  const [text, setText] = useState('');

  function type(next: string): void {
    const typed = readTyped(next);
    switch (typed.kind) {
      case 'command':
        setText('');
        return onCommand(typed.command);
      case 'multiply':
        till.multiply(typed.quantityMilli);
        return setText(typed.rest);
      case 'text':
        return setText(typed.text);
    }
  }

  async function enter(value: string): Promise<void> {
    const entered = readEntered(value);
    setText('');
    switch (entered.kind) {
      case 'nothing':
        return;
      case 'item':
        // A paper or badge that does not scan is typed, and means the same.
        if (scans.read(entered.code).kind !== 'product') return scans.take(entered.code);
        return (await isCode(entered.code)) ? till.addItem(entered.code) : onSearch(entered.code);
      case 'salesperson':
        if (entered.code === '') return onSalespersonList();
        await till.credit(entered.code, entered.scope);
    }
  }

  /** Whoever types words instead of a code wants to find the product; digits that are no code stay an error. */
  async function isCode(text: string): Promise<boolean> {
    if (!/\p{L}/u.test(text)) return true;
    const reply = await station.call('catalog.findByBarcode', { barcode: text });
    return reply.ok || reply.error.code !== 'unknown_barcode';
  }

  // A key typed while something else has the focus belongs to the field all the same.
  const typeHere = (key: string) => () => {
    ref.current?.focus();
    type(text + key);
  };
  useKeys('screen', {
    ...Object.fromEntries(TYPEABLE.map((key) => [key, typeHere(key)])),
    Escape:
      text === '' && till.multiplierMilli === null
        ? undefined
        : () => {
            setText('');
            till.multiply(null);
          },
  });

  return (
    <form
      className="barcode"
      onSubmit={(event) => {
        event.preventDefault();
        void enter(ref.current?.value ?? text);
      }}
    >
      {till.multiplierMilli !== null && (
        <span className="multiplier" data-testid="multiplier">
          {t.till.multiplier(formatQuantity(till.multiplierMilli))}
        </span>
      )}
      <input
        ref={ref}
        aria-label={t.till.barcode}
        placeholder={t.till.barcodeHint}
        data-testid="barcode"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
      />
      {till.nextSalesperson !== null && till.nextSalesperson.code !== sale?.salesperson?.code && (
        <span className="tag" data-testid="next-salesperson">
          {t.till.nextSalesperson(till.nextSalesperson.name)}
        </span>
      )}
      <KeyCap keys="Enter" />
    </form>
  );
}
