import { useId } from 'react';

/** A labelled choice out of a short list; the first one is what applies when nobody chooses. */
export function SelectField<Value extends string>({
  label,
  value,
  options,
  autoFocus = false,
  onValue,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly autoFocus?: boolean;
  readonly onValue: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        autoFocus={autoFocus}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen !== undefined) onValue(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
