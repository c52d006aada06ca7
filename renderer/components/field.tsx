import { useId, type ComponentProps, type ReactNode } from 'react';

type FieldProps = Omit<ComponentProps<'input'>, 'size' | 'id' | 'onChange'> & {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
  readonly size?: 'normal' | 'large';
  readonly onText: (text: string) => void;
  readonly after?: ReactNode;
};

/** A labelled text field; what is wrong with it stands below, tied to it for a screen reader. */
export function Field({ label, hint, error, size = 'normal', onText, after, ...input }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={`field ${size}`}>
      <label htmlFor={id}>{label}</label>
      <div className="field-row">
        <input
          {...input}
          id={id}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={typeof error === 'string'}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        {after}
      </div>
      {note !== undefined && (
        <p id={`${id}-note`} className={typeof error === 'string' ? 'field-error' : 'field-hint'}>
          {note}
        </p>
      )}
    </div>
  );
}
