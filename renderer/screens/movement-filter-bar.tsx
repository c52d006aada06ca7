import type { MovementFilter } from '../../contract/movement-views.ts';
import { keyShortcut } from '../../contract/keys.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { readDay } from './day-entry.ts';

/** The filter as it is typed. */
export type FilterEntry = Omit<MovementFilter, 'businessDay'> & { readonly day: string };

export const NO_FILTER: FilterEntry = { text: '', state: null, kind: null, day: '' };

const STATES = ['waiting', 'confirmed', 'rejected', 'cancelled', 'given_up'] as const;
const KINDS = ['sale', 'cancellation', 'cash', 'customer'] as const;

/** Narrows the list: a number or an amount, the state, what it is, the day. F3 comes here, Enter goes back to the rows. */
export function MovementFilterBar({
  entry,
  today,
  onEntry,
  onEnter,
  onJump,
  ref,
}: {
  readonly entry: FilterEntry;
  readonly today: string;
  readonly onEntry: (entry: FilterEntry) => void;
  readonly onEnter: () => void;
  readonly onJump: () => void;
  readonly ref: React.Ref<HTMLInputElement>;
}) {
  const t = useTexts();
  const { keys } = useFunctionKeys();
  const isDayWrong = entry.day.trim() !== '' && readDay(entry.day, today) === null;
  return (
    <form
      className="movement-filter"
      role="search"
      aria-label={t.movements.filter}
      onSubmit={(event) => {
        event.preventDefault();
        onEnter();
      }}
    >
      <span className="movement-find">
        <KeyCap keys={keys.findMovement} />
        <input
          ref={ref}
          aria-label={t.movements.find}
          placeholder={t.movements.find}
          aria-keyshortcuts={keyShortcut(keys.findMovement)}
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          data-testid="movement-find"
          value={entry.text}
          onChange={(event) => onEntry({ ...entry, text: event.currentTarget.value })}
        />
      </span>
      <button type="button" className="button" aria-keyshortcuts={keyShortcut(keys.goTo)} onClick={onJump}>
        <KeyCap keys={keys.goTo} />
        {t.movements.jump}
      </button>
      <select
        aria-label={t.movements.state}
        data-testid="movement-state"
        value={entry.state ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onEntry({ ...entry, state: STATES.find((state) => state === value) ?? null });
        }}
      >
        <option value="">{t.movements.anyState}</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {t.movements.filterState(state)}
          </option>
        ))}
      </select>
      <select
        aria-label={t.movements.kindLabel}
        data-testid="movement-kind"
        value={entry.kind ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onEntry({ ...entry, kind: KINDS.find((kind) => kind === value) ?? null });
        }}
      >
        <option value="">{t.movements.anyKind}</option>
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t.movements.filterKind(kind)}
          </option>
        ))}
      </select>
      <input
        className="movement-day"
        aria-label={t.movements.day}
        placeholder={t.movements.dayHint}
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        aria-invalid={isDayWrong}
        title={isDayWrong ? t.movements.dayWrong : undefined}
        data-testid="movement-day"
        value={entry.day}
        onChange={(event) => onEntry({ ...entry, day: event.currentTarget.value })}
      />
      {/* Enter in a form of several fields needs a button; the list is what it leads to. */}
      <button type="submit" className="visually-hidden" tabIndex={-1}>
        {t.movements.toRows}
      </button>
    </form>
  );
}

/** What the core is asked for: a day that is none yet narrows nothing. */
export function toFilter({ day, ...entry }: FilterEntry, today: string): MovementFilter {
  return { ...entry, businessDay: readDay(day, today) };
}
