const PATHS = {
  check: 'M4 10.5 8.2 14.7 16 6.3',
  clock: 'M10 5.5V10l3 2M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z',
  send: 'M10 15.5v-11M5.5 9 10 4.5 14.5 9',
  alert: 'M10 6.5v4.2M10 13.6v.1M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z',
  ban: 'M5.2 5.2l9.6 9.6M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z',
  question: 'M7.8 8a2.3 2.3 0 1 1 3.3 2c-.7.4-1.1.8-1.1 1.6M10 14v.1M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  erase: 'M8 5.5h8.5v9H8L3.5 10 8 5.5ZM10.5 8.3l3.4 3.4M13.9 8.3l-3.4 3.4',
  store: 'M3.5 8.5 5 4h10l1.5 4.5M3.5 8.5v7.5h13V8.5M3.5 8.5h13M8 16v-4h4v4',
  server: 'M4 4.5h12v4.5H4zM4 11h12v4.5H4zM6.5 6.8v.1M6.5 13.3v.1',
  sliders:
    'M4 6.5h7M14.5 6.5H16M4 13.5h1.5M9 13.5h7M12.8 8.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM7.2 15.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing beside words; it never says anything that the words do not. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
